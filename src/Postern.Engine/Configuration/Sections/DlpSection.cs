using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Secrets that must not leave. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="ScanEnv">Whether secret-looking values of Postern's own environment are looked for, in every encoding.</param>
/// <param name="MinEnvSecretLength">Shortest value of the environment or of secrets_file that counts as a secret.</param>
/// <param name="SecretsFile">A file with one secret per line that must never leave.</param>
/// <param name="IncludeDefaults">Whether the built-in rules run beside your patterns.</param>
/// <param name="Patterns">Patterns of your own.</param>
public sealed record DlpSection(
    bool ScanEnv = true,
    int MinEnvSecretLength = 16,
    string SecretsFile = "",
    bool IncludeDefaults = true,
    IReadOnlyList<DlpPattern>? Patterns = null)
{
    /// <summary>Patterns of your own.</summary>
    public IReadOnlyList<DlpPattern> Patterns { get; init; } = Patterns ?? [];

    internal static SectionSchema Schema => field ??= new(
        "Secrets that must not leave: what they look like.",
        static () => new DlpSection(),
        new Field<DlpSection>("scan_env", KindOf.Flag, Weakens.WhenLowered,
            s => s.ScanEnv, (s, v) => s with { ScanEnv = (bool)v },
            "Whether secret-looking values of Postern's own environment are looked for, in every encoding."),
        new Field<DlpSection>("min_env_secret_length", KindOf.Whole(8, 256, "characters"), Weakens.WhenRaised,
            s => s.MinEnvSecretLength, (s, v) => s with { MinEnvSecretLength = (int)v },
            "Shortest value of the environment or of secrets_file that counts as a secret. Shorter ones turn up by accident; 0 is an error."),
        new Field<DlpSection>("secrets_file", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.SecretsFile, (s, v) => s with { SecretsFile = (string)v },
            "A file with one secret per line that must never leave. It must not be writable by a group or readable by everybody."),
        new Field<DlpSection>("include_defaults", KindOf.Flag, Weakens.WhenLowered,
            s => s.IncludeDefaults, (s, v) => s with { IncludeDefaults = (bool)v },
            "Whether the built-in rules run beside your patterns. The core floor runs either way."),
        new Field<DlpSection>("patterns", KindOf.Items<DlpPattern>(() => DlpPattern.Schema), Weakens.WhenShrunk,
            s => s.Patterns, (s, v) => s with { Patterns = (IReadOnlyList<DlpPattern>)v },
            "Patterns of your own."));
}
