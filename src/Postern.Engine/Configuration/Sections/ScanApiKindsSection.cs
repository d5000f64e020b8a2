using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What the Scan API inspects. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ScanApiKindsSection : ISection
{
    /// <summary>Destinations.</summary>
    public bool Url { get; init; } = true;

    /// <summary>Secrets.</summary>
    public bool Dlp { get; init; } = true;

    /// <summary>Injected instructions.</summary>
    public bool PromptInjection { get; init; } = true;

    /// <summary>Tool calls.</summary>
    public bool ToolCall { get; init; } = true;

    static SectionSchema ISection.Schema => field ??= new(
        "What the Scan API inspects; a kind that is off is refused.",
        new Field<ScanApiKindsSection>("url", KindOf.Flag, Weakens.Never,
            s => s.Url, (s, v) => s with { Url = (bool)v },
            "Destinations."),
        new Field<ScanApiKindsSection>("dlp", KindOf.Flag, Weakens.Never,
            s => s.Dlp, (s, v) => s with { Dlp = (bool)v },
            "Secrets."),
        new Field<ScanApiKindsSection>("prompt_injection", KindOf.Flag, Weakens.Never,
            s => s.PromptInjection, (s, v) => s with { PromptInjection = (bool)v },
            "Injected instructions."),
        new Field<ScanApiKindsSection>("tool_call", KindOf.Flag, Weakens.Never,
            s => s.ToolCall, (s, v) => s with { ToolCall = (bool)v },
            "Tool calls."));
}
