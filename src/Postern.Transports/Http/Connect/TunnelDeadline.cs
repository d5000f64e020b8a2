namespace Postern.Transports.Http.Connect;

/// <summary>
/// Ends a relay on silence, on age, on halt, or because one of its directions ended. One timer for all: it sleeps until the earliest
/// possible deadline and looks whether bytes have moved it, so that a byte costs one write of a number.
/// </summary>
internal sealed class TunnelDeadline : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TunnelLimits _limits;
    private readonly long _start;
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _halt;
    private readonly ITimer _timer;
    private long _lastByte;
    private int _reason;

    /// <summary>Starts counting.</summary>
    public TunnelDeadline(TimeProvider clock, TunnelLimits limits, CancellationToken halt)
    {
        _clock = clock;
        _limits = limits;
        _start = _lastByte = clock.GetTimestamp();
        _timer = clock.CreateTimer(static self => ((TunnelDeadline)self!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _halt = halt.UnsafeRegister(static self => ((TunnelDeadline)self!).End(TunnelEndReason.Halted), this);
        Check();
    }

    /// <summary>Cancelled when the relay must end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The first reason given; <see cref="TunnelEndReason.Failed"/> while there is none.</summary>
    public TunnelEndReason Reason => (TunnelEndReason)Volatile.Read(ref _reason);

    /// <summary>A byte moved.</summary>
    public void Touch() => Volatile.Write(ref _lastByte, _clock.GetTimestamp());

    /// <summary>Ends the relay; the first reason given counts.</summary>
    public void End(TunnelEndReason reason)
    {
        Interlocked.CompareExchange(ref _reason, (int)reason, (int)TunnelEndReason.Failed);
        _source.Cancel();
    }

    /// <summary>Stops the timer. To be called after both directions have ended.</summary>
    public void Dispose()
    {
        _halt.Dispose();
        _timer.Dispose();
    }

    private void Check()
    {
        var life = _limits.Lifetime - _clock.GetElapsedTime(_start);
        var silence = _limits.Idle - _clock.GetElapsedTime(Volatile.Read(ref _lastByte));
        if (life <= TimeSpan.Zero || silence <= TimeSpan.Zero)
        {
            End(life <= TimeSpan.Zero ? TunnelEndReason.LifetimeReached : TunnelEndReason.IdleTimeout);
            return;
        }

        // A timer rounds down to milliseconds: one more, so that it does not fire just before its time and spin.
        var next = (life < silence ? life : silence) + TimeSpan.FromMilliseconds(1);
        _timer.Change(next, Timeout.InfiniteTimeSpan);
    }
}
