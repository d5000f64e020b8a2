using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What servers say about their tools. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record McpToolScanningSection : ISection
{
    /// <summary>Whether lists are judged by the poisoning rules, names compared across servers and definitions pinned.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What a poisoned description or a disguised name does to the list it stands in.</summary>
    public ScanAction Action { get; init; } = ScanAction.BySeverity;

    /// <summary>What a definition that is not the one pinned on first use does.</summary>
    public ScanAction Pinning { get; init; } = ScanAction.Block;

    static SectionSchema ISection.Schema => field ??= new(
        "What servers say about their tools, prompts and themselves: every text of a list that reaches a model.",
        new Field<McpToolScanningSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether descriptions are judged: lists by the poisoning rules, names compared across servers and definitions pinned. false: none of it; injected instructions are still looked for as in any result."),
        new Field<McpToolScanningSection>("action", Choices.Tool, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What a poisoned description does to the list it stands in, or a disguised name. by_severity: high severity with high confidence refuses, others are recorded."),
        new Field<McpToolScanningSection>("pinning", Choices.BlockOrWarn, Weakens.WhenRaised,
            s => s.Pinning, (s, v) => s with { Pinning = (ScanAction)v },
            "What a changed description does: a definition that is not the one pinned on first use. block: the list is refused, every time, until 'postern mcp pins approve'. warn: it is recorded, and becomes the pin."));
}
