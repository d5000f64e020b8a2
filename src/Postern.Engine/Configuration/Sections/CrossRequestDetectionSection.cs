using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Secrets cut over several messages. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether messages of one agent are looked at together.</param>
/// <param name="Action">What a secret cut over messages does.</param>
/// <param name="EntropyBudget">How much that looks drawn by lot may leave.</param>
/// <param name="FragmentReassembly">Putting pieces together.</param>
public sealed record CrossRequestDetectionSection(
    bool Enabled = false,
    PatternAction Action = PatternAction.Block,
    EntropyBudgetSection? EntropyBudget = null,
    FragmentReassemblySection? FragmentReassembly = null)
{
    /// <summary>How much that looks drawn by lot may leave.</summary>
    public EntropyBudgetSection EntropyBudget { get; init; } = EntropyBudget ?? new();

    /// <summary>Putting pieces together.</summary>
    public FragmentReassemblySection FragmentReassembly { get; init; } = FragmentReassembly ?? new();

    internal static SectionSchema Schema => field ??= new(
        "Secrets cut over several messages of one agent, whatever the destination and the transport.",
        static () => new CrossRequestDetectionSection(),
        new Field<CrossRequestDetectionSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether messages of one agent are looked at together. Off by default: it keeps pieces of what agents send in memory, and costs more than looking at each alone."),
        new Field<CrossRequestDetectionSection>("action", Choices.Pattern, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (PatternAction)v },
            "What a secret cut over messages does, which only several of them together show."),
        new Field<CrossRequestDetectionSection>("entropy_budget", KindOf.Section(() => EntropyBudgetSection.Schema), Weakens.Never,
            s => s.EntropyBudget, (s, v) => s with { EntropyBudget = (EntropyBudgetSection)v },
            "How much that looks drawn by lot may leave."),
        new Field<CrossRequestDetectionSection>("fragment_reassembly", KindOf.Section(() => FragmentReassemblySection.Schema), Weakens.Never,
            s => s.FragmentReassembly, (s, v) => s with { FragmentReassembly = (FragmentReassemblySection)v },
            "Putting pieces together."));
}
