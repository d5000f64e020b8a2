using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The action of one chain. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ToolChainOverride : ISection
{
    /// <summary>The chain.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it does.</summary>
    public ScanAction Action { get; init; } = ScanAction.Block;

    static SectionSchema ISection.Schema => field ??= new(
        "The action of one chain.",
        new Field<ToolChainOverride>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "The chain: the id of its rule without session.chain.") { IsRequired = true },
        new Field<ToolChainOverride>("action", Choices.Refusal, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What it does. warn: it is recorded."));
}
