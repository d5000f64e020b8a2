namespace Postern.Engine.Monitoring;

/// <summary>What one session may use in a window; 0 is no limit.</summary>
/// <param name="Requests">Requests.</param>
/// <param name="Domains">Registrable domains, at most <see cref="DomainTable.MaxDomains"/>.</param>
internal sealed record SessionLimits(long Requests, int Domains)
{
    /// <summary>Bytes of both directions.</summary>
    public long Bytes { get; init; }

    /// <summary>The window; 0 lasts as long as the session is remembered.</summary>
    public int WindowMinutes { get; init; }
}
