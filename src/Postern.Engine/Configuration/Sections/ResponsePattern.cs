using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A pattern of your own for responses. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ResponsePattern : ISection
{
    /// <summary>What findings call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the instruction looks like.</summary>
    public string Regex { get; init; } = "";

    static SectionSchema ISection.Schema => field ??= new(
        "A pattern of your own for injected instructions in responses.",
        new Field<ResponsePattern>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What findings call it; unique in the list.") { IsRequired = true },
        new Field<ResponsePattern>("regex", KindOf.Text(TextFormats.Regex), Weakens.WhenChanged,
            s => s.Regex, (s, v) => s with { Regex = (string)v },
            "What the instruction looks like. It runs without backtracking, so look-around and back references are not available.") { IsRequired = true });
}
