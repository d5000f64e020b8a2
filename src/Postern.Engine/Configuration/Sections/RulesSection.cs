using Postern.Engine.Configuration.Schema;
using Postern.Engine.Detection;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Rules beside the built-in ones. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="RulesDir">Where installed bundles are.</param>
/// <param name="MinConfidence">Rules of lower confidence do not run.</param>
/// <param name="Disabled">Rules that do not run.</param>
/// <param name="TrustedKeys">Who may sign bundles.</param>
public sealed record RulesSection(
    string RulesDir = "",
    Confidence MinConfidence = Confidence.Medium,
    IReadOnlyList<string>? Disabled = null,
    IReadOnlyList<TrustedKey>? TrustedKeys = null)
{
    /// <summary>Rules that do not run.</summary>
    public IReadOnlyList<string> Disabled { get; init; } = Disabled ?? [];

    /// <summary>Who may sign bundles.</summary>
    public IReadOnlyList<TrustedKey> TrustedKeys { get; init; } = TrustedKeys ?? [];

    internal static SectionSchema Schema => field ??= new(
        "Rules beside the built-in ones, and which of all rules run.",
        static () => new RulesSection(),
        new Field<RulesSection>("rules_dir", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.RulesDir, (s, v) => s with { RulesDir = (string)v },
            "Where installed bundles are. Not set: rules in the home directory."),
        new Field<RulesSection>("min_confidence", Choices.MinConfidence, Weakens.WhenRaised,
            s => s.MinConfidence, (s, v) => s with { MinConfidence = (Confidence)v },
            "Rules of lower confidence do not run. The core floor runs either way."),
        new Field<RulesSection>("disabled", KindOf.Texts(TextFormats.Rule), Weakens.WhenGrown,
            s => s.Disabled, (s, v) => s with { Disabled = (IReadOnlyList<string>)v },
            "Rules that do not run: ids, or the beginning of ids with a final *. The core floor cannot be disabled."),
        new Field<RulesSection>("trusted_keys", KindOf.Items<TrustedKey>(() => TrustedKey.Schema), Weakens.WhenGrown,
            s => s.TrustedKeys, (s, v) => s with { TrustedKeys = (IReadOnlyList<TrustedKey>)v },
            "Who may sign bundles."));
}
