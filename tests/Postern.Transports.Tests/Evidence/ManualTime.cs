namespace Postern.Transports.Tests.Evidence;

/// <summary>A clock that stands still and a timer that fires when a test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];

    public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 6, 0, 0, TimeSpan.Zero);

    public int LiveTimers => _timers.Count(timer => !timer.Disposed);

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(() => callback(state));
        _timers.Add(timer);
        return timer;
    }

    public void Fire()
    {
        foreach (var timer in _timers.Where(timer => !timer.Disposed))
        {
            timer.Callback();
        }
    }

    private sealed class ManualTimer(Action callback) : ITimer
    {
        public Action Callback { get; } = callback;

        public bool Disposed { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => Disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
