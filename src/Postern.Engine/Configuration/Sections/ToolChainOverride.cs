using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The action of one chain. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Name">The chain.</param>
/// <param name="Action">What it does.</param>
public sealed record ToolChainOverride(
    string Name = "",
    ScanAction Action = ScanAction.Block)
{
    internal static SectionSchema Schema => field ??= new(
        "The action of one chain.",
        static () => new ToolChainOverride(),
        new Field<ToolChainOverride>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "The chain: the id of its rule without session.chain.") { IsRequired = true },
        new Field<ToolChainOverride>("action", Choices.Refusal, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What it does. warn: it is recorded."));
}
