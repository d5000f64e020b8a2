using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Secrets cut over several messages. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record CrossRequestDetectionSection : ISection
{
    /// <summary>Whether messages of one agent are looked at together.</summary>
    public bool Enabled { get; init; }

    /// <summary>What a secret cut over messages does.</summary>
    public PatternAction Action { get; init; } = PatternAction.Block;

    /// <summary>How much that looks drawn by lot may leave.</summary>
    public EntropyBudgetSection EntropyBudget { get; init; } = new();

    /// <summary>Putting pieces together.</summary>
    public FragmentReassemblySection FragmentReassembly { get; init; } = new();

    static SectionSchema ISection.Schema => field ??= new(
        "Secrets cut over several messages of one agent, whatever the destination and the transport.",
        new Field<CrossRequestDetectionSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether messages of one agent are looked at together. Off by default: it keeps pieces of what agents send in memory, and costs more than looking at each alone."),
        new Field<CrossRequestDetectionSection>("action", Choices.Pattern, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (PatternAction)v },
            "What a secret cut over messages does, which only several of them together show."),
        Nested.Of("entropy_budget", (CrossRequestDetectionSection s) => s.EntropyBudget, (s, v) => s with { EntropyBudget = v },
            "How much that looks drawn by lot may leave."),
        Nested.Of("fragment_reassembly", (CrossRequestDetectionSection s) => s.FragmentReassembly, (s, v) => s with { FragmentReassembly = v },
            "Putting pieces together."));
}
