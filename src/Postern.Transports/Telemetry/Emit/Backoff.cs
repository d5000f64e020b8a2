namespace Postern.Transports.Telemetry.Emit;

/// <summary>How long to wait before the next attempt: twice as long each time up to a minute, and up to half of it less by chance, so that many do not come at once.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private TimeSpan _next = s_first;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var full = _next;
        _next = full * 2 < s_longest ? full * 2 : s_longest;
        return full * (1 - (Random.Shared.NextDouble() / 2));
    }
}
