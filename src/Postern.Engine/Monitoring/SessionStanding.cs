using Postern.Engine.Monitoring.Adaptive;

namespace Postern.Engine.Monitoring;

/// <summary>How a session stands now.</summary>
/// <param name="Level">How much it is suspected.</param>
/// <param name="Tier">What it is shut off from.</param>
/// <param name="Score">The points that it has.</param>
/// <param name="NextLevelAt">The points that lead to the next level.</param>
public readonly record struct SessionStanding(ThreatLevel Level, AirlockTier Tier, double Score, double NextLevelAt)
{
    /// <summary>True when what it is suspected of, or shut off from, costs it something.</summary>
    public bool IsHeld => Level > ThreatLevel.Normal || Tier > AirlockTier.None;

    /// <summary>When the tier ends; null when none holds.</summary>
    public TimeSpan? TierEndsIn { get; init; }
}
