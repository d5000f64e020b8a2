using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Secrets that must not leave. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="IncludeDefaults">Whether the built-in rules run beside your patterns.</param>
/// <param name="Patterns">Patterns of your own.</param>
/// <param name="ResponseAction">What a secret in what agents receive does.</param>
public sealed record DlpSection(
    bool IncludeDefaults = true,
    IReadOnlyList<DlpPattern>? Patterns = null,
    ScanAction ResponseAction = ScanAction.Warn)
{
    /// <summary>Patterns of your own.</summary>
    public IReadOnlyList<DlpPattern> Patterns { get; init; } = Patterns ?? [];

    internal static SectionSchema Schema => field ??= new(
        "Secrets that must not leave: what they look like.",
        static () => new DlpSection(),
        new Field<DlpSection>("include_defaults", KindOf.Flag, Weakens.WhenLowered,
            s => s.IncludeDefaults, (s, v) => s with { IncludeDefaults = (bool)v },
            "Whether the built-in rules run beside your patterns. The core floor runs either way."),
        new Field<DlpSection>("patterns", KindOf.Items<DlpPattern>(() => DlpPattern.Schema), Weakens.WhenShrunk,
            s => s.Patterns, (s, v) => s with { Patterns = (IReadOnlyList<DlpPattern>)v },
            "Patterns of your own."),
        new Field<DlpSection>("response_action", Choices.Secrets, Weakens.WhenRaised,
            s => s.ResponseAction, (s, v) => s with { ResponseAction = (ScanAction)v },
            "What a secret in what agents receive does; the same rules look there. redact: it is replaced by a placeholder, so that the agent never has it. warn, because agents are given credentials on purpose: it is recorded, and leaving with it is another matter."));
}
