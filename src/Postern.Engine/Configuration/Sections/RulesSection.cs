using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Which rules run. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Disabled">Rules that do not run.</param>
public sealed record RulesSection(
    IReadOnlyList<string>? Disabled = null)
{
    /// <summary>Rules that do not run.</summary>
    public IReadOnlyList<string> Disabled { get; init; } = Disabled ?? [];

    internal static SectionSchema Schema => field ??= new(
        "Which of the built-in rules run.",
        static () => new RulesSection(),
        new Field<RulesSection>("disabled", KindOf.Texts(TextFormats.Rule), Weakens.WhenGrown,
            s => s.Disabled, (s, v) => s with { Disabled = (IReadOnlyList<string>)v },
            "Rules that do not run: ids, or the beginning of ids with a final *. The core floor cannot be disabled, and an id that no rule has is an error: both would say something that is not so."));
}
