using Postern.Transports.Evidence;

namespace Postern.Transports.Http.Local;

/// <summary>What Postern says about itself.</summary>
/// <param name="Version">Program version.</param>
/// <param name="Rules">Rules in force.</param>
/// <param name="InterceptsTls">True when tunnels are read.</param>
/// <param name="Evidence">How the evidence is doing.</param>
/// <param name="Time">The clock.</param>
public sealed record ServiceFacts(string Version, int Rules, bool InterceptsTls, IEvidenceHealth Evidence, TimeProvider Time)
{
    private readonly long _started = Time.GetTimestamp();

    /// <summary>Seconds since the start.</summary>
    public long UptimeSeconds => (long)Time.GetElapsedTime(_started).TotalSeconds;
}
