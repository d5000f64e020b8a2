using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Calls of tools that no list named. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record McpSessionBindingSection : ISection
{
    /// <summary>Whether calls are compared with the lists.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What a call of a tool does that the server never listed.</summary>
    public ScanAction UnknownToolAction { get; init; } = ScanAction.Warn;

    /// <summary>What a call does before any list of the server, in this run or in an earlier one.</summary>
    public ScanAction NoBaselineAction { get; init; } = ScanAction.Warn;

    static SectionSchema ISection.Schema => field ??= new(
        "Calls of tools that no list named: what was listed is what was inspected.",
        new Field<McpSessionBindingSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether calls are compared with the lists that the server gave to the same agent."),
        new Field<McpSessionBindingSection>("unknown_tool_action", Choices.BlockOrWarn, Weakens.WhenRaised,
            s => s.UnknownToolAction, (s, v) => s with { UnknownToolAction = (ScanAction)v },
            "What a call of a tool does that the server never listed. warn by default: clients and their tests call tools that do not exist, and hear that from the server; what it answers is inspected."),
        new Field<McpSessionBindingSection>("no_baseline_action", Choices.BlockOrWarn, Weakens.WhenRaised,
            s => s.NoBaselineAction, (s, v) => s with { NoBaselineAction = (ScanAction)v },
            "What a call does before any list of the server, in this run or in an earlier one. A client may remember a list that it saw without Postern."));
}
