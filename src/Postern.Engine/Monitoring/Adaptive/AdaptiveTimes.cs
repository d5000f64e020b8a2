using Postern.Engine.Configuration.Sections;

namespace Postern.Engine.Monitoring.Adaptive;

/// <summary>How high the levels are, and how long levels and tiers last.</summary>
internal sealed class AdaptiveTimes(AdaptiveEnforcementSection section, AirlockSection airlock)
{
    private const long MinuteMs = 60_000;

    private readonly long _threshold = (long)(section.EscalationThreshold * AdaptiveState.Point);
    private readonly long[] _tierMs = [0, airlock.SoftMinutes * MinuteMs, airlock.HardMinutes * MinuteMs, airlock.DrainMinutes * MinuteMs];

    /// <summary>How long nothing may happen for each level.</summary>
    public long RecoveryMs { get; } = section.RecoveryMinutes * MinuteMs;

    /// <summary>The score, in hundredths, that leads out of a level; it doubles with each.</summary>
    public long ThresholdOf(ThreatLevel level) => _threshold << (int)level;

    /// <summary>How long a tier lasts.</summary>
    public long OfTier(AirlockTier tier) => _tierMs[(int)tier];
}
