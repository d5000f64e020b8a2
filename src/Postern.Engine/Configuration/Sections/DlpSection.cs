using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Secrets that must not leave. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="IncludeDefaults">Whether the built-in rules run beside your patterns.</param>
/// <param name="Patterns">Patterns of your own.</param>
public sealed record DlpSection(
    bool IncludeDefaults = true,
    IReadOnlyList<DlpPattern>? Patterns = null)
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
            "Patterns of your own."));
}
