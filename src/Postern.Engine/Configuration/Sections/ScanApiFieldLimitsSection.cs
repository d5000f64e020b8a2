using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Longest fields of the Scan API. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ScanApiFieldLimitsSection : ISection
{
    /// <summary>Longest url.</summary>
    public int Url { get; init; } = 8192;

    /// <summary>Longest text.</summary>
    public int Text { get; init; } = 524288;

    /// <summary>Longest content.</summary>
    public int Content { get; init; } = 524288;

    /// <summary>Longest arguments.</summary>
    public int Arguments { get; init; } = 524288;

    static SectionSchema ISection.Schema => field ??= new(
        "Longest fields of a request to the Scan API; longer ones are refused.",
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
