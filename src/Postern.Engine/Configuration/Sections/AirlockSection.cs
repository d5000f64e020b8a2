using Postern.Engine.Configuration.Schema;
using Postern.Engine.Monitoring.Adaptive;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What a session that reached a level is shut off from. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record AirlockSection : ISection
{
    /// <summary>Whether levels close the airlock.</summary>
    public bool Enabled { get; init; }

    /// <summary>The tier of a session that becomes elevated.</summary>
    public AirlockTier OnElevated { get; init; } = AirlockTier.None;

    /// <summary>The tier of a session that becomes high.</summary>
    public AirlockTier OnHigh { get; init; } = AirlockTier.Soft;

    /// <summary>The tier of a session that becomes critical.</summary>
    public AirlockTier OnCritical { get; init; } = AirlockTier.Hard;

    /// <summary>How long soft lasts.</summary>
    public int SoftMinutes { get; init; } = 10;

    /// <summary>How long hard lasts.</summary>
    public int HardMinutes { get; init; } = 5;

    /// <summary>How long drain lasts.</summary>
    public int DrainMinutes { get; init; } = 2;

    static SectionSchema ISection.Schema => field ??= new(
        "What a session that reached a level is shut off from, for a while. soft: nothing, it is recorded. hard: it may read, and neither change nor carry what cannot be read. drain: nothing passes. Entering hard or drain cuts what runs.",
        new Field<AirlockSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether levels close the airlock; needs adaptive_enforcement.enabled. Operators can close it whenever sessions are scored."),
        new Field<AirlockSection>("on_elevated", Choices.AirlockTiers, Weakens.WhenRaised,
            s => s.OnElevated, (s, v) => s with { OnElevated = (AirlockTier)v },
            "The tier of a session that becomes elevated."),
        new Field<AirlockSection>("on_high", Choices.AirlockTiers, Weakens.WhenRaised,
            s => s.OnHigh, (s, v) => s with { OnHigh = (AirlockTier)v },
            "The tier of a session that becomes high; not below on_elevated."),
        new Field<AirlockSection>("on_critical", Choices.AirlockTiers, Weakens.WhenRaised,
            s => s.OnCritical, (s, v) => s with { OnCritical = (AirlockTier)v },
            "The tier of a session that becomes critical; not below on_high."),
        new Field<AirlockSection>("soft_minutes", KindOf.Whole(1, 1440, "minutes"), Weakens.WhenLowered,
            s => s.SoftMinutes, (s, v) => s with { SoftMinutes = (int)v },
            "How long soft lasts; then the airlock is open."),
        new Field<AirlockSection>("hard_minutes", KindOf.Whole(1, 1440, "minutes"), Weakens.WhenLowered,
            s => s.HardMinutes, (s, v) => s with { HardMinutes = (int)v },
            "How long hard lasts; then soft begins."),
        new Field<AirlockSection>("drain_minutes", KindOf.Whole(1, 1440, "minutes"), Weakens.WhenLowered,
            s => s.DrainMinutes, (s, v) => s with { DrainMinutes = (int)v },
            "How long drain lasts; then hard begins."));
}
