using Postern.Engine.Configuration.Schema;
using Postern.Engine.Detection;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A chain of your own. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ToolChainPattern : ISection
{
    /// <summary>What findings call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the calls do.</summary>
    public string Sequence { get; init; } = "";

    /// <summary>How bad a finding is.</summary>
    public Severity Severity { get; init; } = Severity.High;

    /// <summary>What it does.</summary>
    public ScanAction Action { get; init; } = ScanAction.Block;

    static SectionSchema ISection.Schema => field ??= new(
        "A chain of your own.",
        new Field<ToolChainPattern>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What findings call it; unique in the list.") { IsRequired = true },
        new Field<ToolChainPattern>("sequence", KindOf.Text(TextFormats.CallSequence), Weakens.WhenChanged,
            s => s.Sequence, (s, v) => s with { Sequence = (string)v },
            "What the calls do, two to eight of read, write, exec, network, send, fetch, env, list, persist, secret, screenshot and database, with > between.") { IsRequired = true },
        new Field<ToolChainPattern>("severity", Choices.Severity, Weakens.WhenRaised,
            s => s.Severity, (s, v) => s with { Severity = (Severity)v },
            "How bad a finding is. A chain that blocks counts as high at least."),
        new Field<ToolChainPattern>("action", Choices.Refusal, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What it does. warn: it is recorded."));
}
