using Postern.Engine.Configuration.Schema;
using Postern.Engine.Detection;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A chain of your own. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Name">What findings call it.</param>
/// <param name="Sequence">What the calls do.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Action">What it does.</param>
public sealed record ToolChainPattern(
    string Name = "",
    IReadOnlyList<string>? Sequence = null,
    Severity Severity = Severity.High,
    ScanAction Action = ScanAction.Block)
{
    /// <summary>What the calls do.</summary>
    public IReadOnlyList<string> Sequence { get; init; } = Sequence ?? [];

    internal static SectionSchema Schema => field ??= new(
        "A chain of your own.",
        static () => new ToolChainPattern(),
        new Field<ToolChainPattern>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What findings call it; unique in the list.") { IsRequired = true },
        new Field<ToolChainPattern>("sequence", KindOf.Texts(TextFormats.CallCategory), Weakens.WhenChanged,
            s => s.Sequence, (s, v) => s with { Sequence = (IReadOnlyList<string>)v },
            "What the calls do, two to eight, in their order."),
        new Field<ToolChainPattern>("severity", Choices.Severity, Weakens.WhenRaised,
            s => s.Severity, (s, v) => s with { Severity = (Severity)v },
            "How bad a finding is. A chain that blocks counts as high at least."),
        new Field<ToolChainPattern>("action", Choices.Refusal, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What it does. warn: it is recorded."));
}
