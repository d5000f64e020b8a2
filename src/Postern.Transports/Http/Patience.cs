using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>How long a held body is waited for; the default waits for ever.</summary>
internal readonly record struct Patience
{
    /// <summary>Milliseconds until the first byte; 0 waits for ever.</summary>
    public int FirstMs { get; init; }

    /// <summary>Milliseconds of silence after a byte; 0 waits for ever.</summary>
    public int NextMs { get; init; }

    /// <summary>What silence makes of the body; by default nothing: what follows is judged in pieces.</summary>
    public Obstacle Silence { get; init; }
}
