namespace Postern.Transports.Tests.Telemetry.Emit;

/// <summary>A clock on which waiting takes a fiftieth of the time, so that a test of retries waits for what it tests and not for the waits.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Haste = 50;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : dueTime / Haste, period < TimeSpan.Zero ? period : period / Haste);
}
