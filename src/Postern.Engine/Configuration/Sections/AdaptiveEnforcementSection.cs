using Postern.Engine.Configuration.Schema;
using Postern.Engine.Monitoring.Adaptive;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Sessions that were up to something are judged more strictly. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record AdaptiveEnforcementSection : ISection
{
    /// <summary>Whether sessions are scored.</summary>
    public bool Enabled { get; init; }

    /// <summary>The score of the first level.</summary>
    public double EscalationThreshold { get; init; } = 5;

    /// <summary>What a clean request takes off.</summary>
    public double DecayPerCleanRequest { get; init; } = 0.5;

    /// <summary>How long nothing may happen until a session goes down one level.</summary>
    public int RecoveryMinutes { get; init; } = 5;

    /// <summary>From which level on what would only be recorded is refused.</summary>
    public ThreatLevel UpgradeWarn { get; init; } = ThreatLevel.Elevated;

    /// <summary>From which level on nobody is asked any more.</summary>
    public ThreatLevel UpgradeAsk { get; init; } = ThreatLevel.High;

    /// <summary>From which level on nothing more leaves.</summary>
    public ThreatLevel BlockAll { get; init; } = ThreatLevel.Critical;

    static SectionSchema ISection.Schema => field ??= new(
        "Sessions that were up to something are judged more strictly. A refusal counts 3 points, an edit or an anomaly 2, what passed only just 1; faults of networks and used-up budgets count nothing. See docs/agents.md.",
        new Field<AdaptiveEnforcementSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether sessions are scored, and held to their level."),
        new Field<AdaptiveEnforcementSection>("escalation_threshold", KindOf.Ratio(1, 1000, "points"), Weakens.WhenRaised,
            s => s.EscalationThreshold, (s, v) => s with { EscalationThreshold = (double)v },
            "The score that makes a session elevated; twice as much makes it high, four times critical."),
        new Field<AdaptiveEnforcementSection>("decay_per_clean_request", KindOf.Ratio(0.01, 100, "points"), Weakens.WhenRaised,
            s => s.DecayPerCleanRequest, (s, v) => s with { DecayPerCleanRequest = (double)v },
            "What a clean request takes off the score. It never takes a session down a level; only time does."),
        new Field<AdaptiveEnforcementSection>("recovery_minutes", KindOf.Whole(1, 1440, "minutes"), Weakens.WhenLowered,
            s => s.RecoveryMinutes, (s, v) => s with { RecoveryMinutes = (int)v },
            "How long a session may do nothing that counts until it goes down one level. What is refused for its level does not count."),
        new Field<AdaptiveEnforcementSection>("upgrade_warn", Choices.ThreatLevels, Weakens.WhenRaised,
            s => s.UpgradeWarn, (s, v) => s with { UpgradeWarn = (ThreatLevel)v },
            "From which level on findings that would only be recorded refuse, as far as they say more than a hint."),
        new Field<AdaptiveEnforcementSection>("upgrade_ask", Choices.ThreatLevels, Weakens.WhenRaised,
            s => s.UpgradeAsk, (s, v) => s with { UpgradeAsk = (ThreatLevel)v },
            "From which level on what a person would be asked about is refused."),
        new Field<AdaptiveEnforcementSection>("block_all", Choices.ThreatLevels, Weakens.WhenRaised,
            s => s.BlockAll, (s, v) => s with { BlockAll = (ThreatLevel)v },
            "From which level on nothing more leaves."));
}
