using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What the Scan API inspects. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Url">Destinations.</param>
/// <param name="Dlp">Secrets.</param>
/// <param name="PromptInjection">Injected instructions.</param>
/// <param name="ToolCall">Tool calls.</param>
public sealed record ScanApiKindsSection(
    bool Url = true,
    bool Dlp = true,
    bool PromptInjection = true,
    bool ToolCall = true)
{
    internal static SectionSchema Schema => field ??= new(
        "What the Scan API inspects; a kind that is off is refused.",
        static () => new ScanApiKindsSection(),
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
