using Postern.Engine.Configuration.Sections;

namespace Postern.Transports.Http.Scan;

/// <summary>The configuration of the Scan API in the form that requests are served by; swapped whole on a reload.</summary>
internal sealed class ScanSettings(ScanApiSection section, TimeProvider time)
{
    /// <summary>Limits, kinds and times.</summary>
    public ScanApiSection Section => section;

    /// <summary>Who may ask. A reload starts every rate afresh.</summary>
    public BearerCallers Callers { get; } = new(
        "scan-api", section.Auth.BearerTokens, () => new TokenBucket(section.RateLimit.RequestsPerMinute, section.RateLimit.Burst, time));
}
