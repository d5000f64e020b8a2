using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>How long a held body is waited for; the default waits for ever.</summary>
internal readonly record struct Patience
{
    /// <summary>Milliseconds until the first byte; 0 waits for ever.</summary>
    public int FirstMs { get; init; }

    /// <summary>Milliseconds of silence after a byte; 0 waits for ever.</summary>
    public int NextMs { get; init; }

    /// <summary>Milliseconds altogether, however steadily bytes come; 0 waits for ever.</summary>
    public int AltogetherMs { get; init; }

    /// <summary>What silence, or the end of patience, makes of the body; by default nothing: what follows is judged in pieces.</summary>
    public Obstacle Silence { get; init; }

    /// <summary>Milliseconds to wait for the next byte after <paramref name="elapsed"/>; 0 waits for ever, -1 not at all.</summary>
    public int WaitMs(bool isFirst, TimeSpan elapsed)
    {
        var idleMs = isFirst ? FirstMs : NextMs;
        if (AltogetherMs == 0)
        {
            return idleMs;
        }

        var leftMs = AltogetherMs - elapsed.TotalMilliseconds;
        return leftMs < 1 ? -1 : idleMs == 0 ? (int)leftMs : Math.Min(idleMs, (int)leftMs);
    }
}
