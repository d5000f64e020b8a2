using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>How the tools of each server are usually called. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record BehavioralBaselineSection : ISection
{
    /// <summary>Whether calls are observed and, once locked, compared.</summary>
    public bool Enabled { get; init; }

    /// <summary>What a call does that is unlike those observed.</summary>
    public ScanAction DeviationAction { get; init; } = ScanAction.Warn;

    static SectionSchema ISection.Schema => field ??= new(
        "How the tools of each server are usually called: which tools, with which arguments, towards which hosts.",
        new Field<BehavioralBaselineSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether calls are observed and, once locked, compared: 'postern mcp baseline show' shows what was observed, 'lock' makes it the rule."),
        new Field<BehavioralBaselineSection>("deviation_action", Choices.Refusal, Weakens.WhenRaised,
            s => s.DeviationAction, (s, v) => s with { DeviationAction = (ScanAction)v },
            "What a call does that is unlike those observed: a new tool, a new argument, an argument of another kind, a new host."));
}
