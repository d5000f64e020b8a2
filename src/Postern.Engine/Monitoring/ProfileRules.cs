using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring;

/// <summary>What a session does unlike before.</summary>
internal static class ProfileRules
{
    public static readonly Rule DomainBurst = new("session.profile.domain-burst", "Many domains at once that this session never used", RuleCategory.Session, Severity.Medium, Confidence.Medium,
        "Look at where it goes and why; raise session_profiling.domain_burst for agents that browse.");

    public static readonly Rule VolumeSpike = new("session.profile.volume-spike", "Much more leaves than this session used to send", RuleCategory.Session, Severity.Medium, Confidence.Medium,
        "Look at what it sends and where to; raise session_profiling.volume_spike_ratio if uploads are its work.");

    public static IEnumerable<Rule> All => [DomainBurst, VolumeSpike];
}
