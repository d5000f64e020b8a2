namespace Postern.Transports.Http;

/// <summary>A rate with a burst: tokens drip in at the sustained rate and no more are kept than the burst. Thread-safe.</summary>
/// <param name="perMinute">Sustained rate; 0 is unlimited.</param>
/// <param name="burst">How many may come at once, at least 1.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBucket(int perMinute, int burst, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _level = burst;
    private long _filled = time.GetTimestamp();

    /// <summary>Takes one; when there is none, says after how many whole seconds there will be.</summary>
    public bool TryTake(out int retryAfterSeconds)
    {
        retryAfterSeconds = 0;
        if (perMinute == 0)
        {
            return true;
        }

        lock (_gate)
        {
            var now = time.GetTimestamp();
            var perSecond = perMinute / 60.0;
            _level = Math.Min(burst, _level + (time.GetElapsedTime(_filled, now).TotalSeconds * perSecond));
            _filled = now;
            if (_level >= 1)
            {
                _level--;
                return true;
            }

            retryAfterSeconds = Math.Max(1, (int)Math.Ceiling((1 - _level) / perSecond));
            return false;
        }
    }
}
