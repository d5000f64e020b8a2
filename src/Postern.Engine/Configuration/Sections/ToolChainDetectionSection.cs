using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Calls of tools that are harmless alone and not one after another. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ToolChainDetectionSection : ISection
{
    /// <summary>Whether chains are looked for.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What a chain does.</summary>
    public ScanAction Action { get; init; } = ScanAction.BySeverity;

    /// <summary>Calls looked back at.</summary>
    public int WindowSize { get; init; } = 20;

    /// <summary>Age of the first call of a chain.</summary>
    public int WindowSeconds { get; init; } = 60;

    /// <summary>Other calls between two steps.</summary>
    public int MaxGap { get; init; } = 3;

    /// <summary>What tools do, where their names tell something else.</summary>
    public IReadOnlyList<ToolCategoryEntry> ToolCategories { get; init; } = [];

    /// <summary>Actions of single chains.</summary>
    public IReadOnlyList<ToolChainOverride> PatternOverrides { get; init; } = [];

    /// <summary>Chains of your own.</summary>
    public IReadOnlyList<ToolChainPattern> CustomPatterns { get; init; } = [];

    /// <summary>Whether what sensitive reads returned is looked for, by keyed fingerprints, in what is sent later.</summary>
    public bool DataFlow { get; init; } = true;

    static SectionSchema ISection.Schema => field ??= new(
        "Calls of tools that are harmless alone and not one after another.",
        new Field<ToolChainDetectionSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether chains are looked for."),
        new Field<ToolChainDetectionSection>("action", Choices.Session, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What a chain does, built-in or your own. by_severity: what is rarely innocent refuses, what may be is asked for, and what every coding agent does all day is recorded. pattern_overrides goes before it."),
        new Field<ToolChainDetectionSection>("window_size", KindOf.Whole(2, 64, "calls"), Weakens.WhenLowered,
            s => s.WindowSize, (s, v) => s with { WindowSize = (int)v },
            "Calls looked back at. Chains of severe harm look back at 64 whatever stands here."),
        new Field<ToolChainDetectionSection>("window_seconds", KindOf.Whole(1, 86400, "seconds"), Weakens.WhenLowered,
            s => s.WindowSeconds, (s, v) => s with { WindowSeconds = (int)v },
            "Age of the first call of a chain. Chains of severe harm have a time of their own."),
        new Field<ToolChainDetectionSection>("max_gap", KindOf.Whole(0, 63, "calls", "the calls must follow each other at once"), Weakens.WhenLowered,
            s => s.MaxGap, (s, v) => s with { MaxGap = (int)v },
            "Other calls between two steps. Calls that no chain is made of do not count."),
        new Field<ToolChainDetectionSection>("tool_categories", KindOf.Items<ToolCategoryEntry>(), Weakens.WhenGrown,
            s => s.ToolCategories, (s, v) => s with { ToolCategories = (IReadOnlyList<ToolCategoryEntry>)v },
            "What tools do, where their names tell something else. The entries that name a tool replace what its name and arguments say."),
        new Field<ToolChainDetectionSection>("pattern_overrides", KindOf.Items<ToolChainOverride>(), Weakens.WhenGrown,
            s => s.PatternOverrides, (s, v) => s with { PatternOverrides = (IReadOnlyList<ToolChainOverride>)v },
            "Actions of single chains."),
        new Field<ToolChainDetectionSection>("custom_patterns", KindOf.Items<ToolChainPattern>(), Weakens.WhenShrunk,
            s => s.CustomPatterns, (s, v) => s with { CustomPatterns = (IReadOnlyList<ToolChainPattern>)v },
            "Chains of your own."),
        new Field<ToolChainDetectionSection>("data_flow", KindOf.Flag, Weakens.WhenLowered,
            s => s.DataFlow, (s, v) => s with { DataFlow = (bool)v },
            "Whether what sensitive reads returned is looked for, by keyed fingerprints, in what is sent later."));
}
