using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Which rules run. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record RulesSection : ISection
{
    /// <summary>Rules that do not run.</summary>
    public IReadOnlyList<string> Disabled { get; init; } = [];

    /// <summary>The folder into which 'postern rules install' puts bundles, and from which they are read.</summary>
    public string RulesDir { get; init; } = "";

    /// <summary>Public keys of the publishers whose bundles are accepted.</summary>
    public IReadOnlyList<string> TrustedKeys { get; init; } = [];

    /// <summary>The bundles that run, as name@version.</summary>
    public IReadOnlyList<string> Bundles { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "Which rules run.",
        new Field<RulesSection>("disabled", KindOf.Texts(TextFormats.Rule), Weakens.WhenGrown,
            s => s.Disabled, (s, v) => s with { Disabled = (IReadOnlyList<string>)v },
            "Rules that do not run: ids, or the beginning of ids with a final *. The core floor cannot be disabled, and an id that no rule has is an error: both would say something that is not so."),
        new Field<RulesSection>("rules_dir", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.RulesDir, (s, v) => s with { RulesDir = (string)v },
            "The folder into which 'postern rules install' puts bundles, and from which they are read."),
        new Field<RulesSection>("trusted_keys", KindOf.Texts(TextFormats.PublicKey), Weakens.WhenGrown,
            s => s.TrustedKeys, (s, v) => s with { TrustedKeys = (IReadOnlyList<string>)v },
            "Public keys of the publishers whose bundles are accepted. Nobody is trusted unless written here."),
        new Field<RulesSection>("bundles", KindOf.Texts(TextFormats.BundlePin), Weakens.WhenShrunk,
            s => s.Bundles, (s, v) => s with { Bundles = (IReadOnlyList<string>)v },
            "The bundles that run beside the built-in rules, each pinned to its version: name@version. One that is missing, was changed, or is signed by nobody in trusted_keys stops the start of the program; what lies in rules_dir and is not listed does not run."));
}
