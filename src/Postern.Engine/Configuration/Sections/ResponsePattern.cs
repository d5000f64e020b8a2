using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A pattern of your own for responses. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Name">What findings call it.</param>
/// <param name="Regex">What the instruction looks like.</param>
public sealed record ResponsePattern(
    string Name = "",
    string Regex = "")
{
    internal static SectionSchema Schema => field ??= new(
        "A pattern of your own for injected instructions in responses.",
        static () => new ResponsePattern(),
        new Field<ResponsePattern>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What findings call it; unique in the list.") { IsRequired = true },
        new Field<ResponsePattern>("regex", KindOf.Text(TextFormats.Regex), Weakens.WhenChanged,
            s => s.Regex, (s, v) => s with { Regex = (string)v },
            "What the instruction looks like. It runs without backtracking, so look-around and back references are not available.") { IsRequired = true });
}
