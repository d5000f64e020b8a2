using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Longest fields of the Scan API. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Url">Longest url.</param>
/// <param name="Text">Longest text.</param>
/// <param name="Content">Longest content.</param>
/// <param name="Arguments">Longest arguments.</param>
public sealed record ScanApiFieldLimitsSection(
    int Url = 8192,
    int Text = 524288,
    int Content = 524288,
    int Arguments = 524288)
{
    internal static SectionSchema Schema => field ??= new(
        "Longest fields of a request to the Scan API; longer ones are refused.",
        static () => new ScanApiFieldLimitsSection(),
        new Field<ScanApiFieldLimitsSection>("url", KindOf.Whole(16, 1048576, "bytes"), Weakens.Never,
            s => s.Url, (s, v) => s with { Url = (int)v },
            "Longest url."),
        new Field<ScanApiFieldLimitsSection>("text", KindOf.Whole(16, 67108864, "bytes"), Weakens.Never,
            s => s.Text, (s, v) => s with { Text = (int)v },
            "Longest text."),
        new Field<ScanApiFieldLimitsSection>("content", KindOf.Whole(16, 67108864, "bytes"), Weakens.Never,
            s => s.Content, (s, v) => s with { Content = (int)v },
            "Longest content."),
        new Field<ScanApiFieldLimitsSection>("arguments", KindOf.Whole(16, 67108864, "bytes"), Weakens.Never,
            s => s.Arguments, (s, v) => s with { Arguments = (int)v },
            "Longest arguments."));
}
