using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Secrets that must not leave. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record DlpSection : ISection
{
    /// <summary>Whether the built-in rules run beside your patterns.</summary>
    public bool IncludeDefaults { get; init; } = true;

    /// <summary>Patterns of your own.</summary>
    public IReadOnlyList<DlpPattern> Patterns { get; init; } = [];

    /// <summary>What a secret in what agents receive does.</summary>
    public ScanAction ResponseAction { get; init; } = ScanAction.Warn;

    /// <summary>Whether the secrets among the values of Postern's own environment are looked for.</summary>
    public bool ScanEnv { get; init; } = true;

    /// <summary>The shortest value of the environment.</summary>
    public int MinEnvSecretLength { get; init; } = 16;

    /// <summary>A file with one secret on each line.</summary>
    public string SecretsFile { get; init; } = "";

    static SectionSchema ISection.Schema => field ??= new(
        "Secrets that must not leave: what they look like.",
        new Field<DlpSection>("include_defaults", KindOf.Flag, Weakens.WhenLowered,
            s => s.IncludeDefaults, (s, v) => s with { IncludeDefaults = (bool)v },
            "Whether the built-in rules run beside your patterns. The core floor runs either way."),
        new Field<DlpSection>("patterns", KindOf.Items<DlpPattern>(), Weakens.WhenShrunk,
            s => s.Patterns, (s, v) => s with { Patterns = (IReadOnlyList<DlpPattern>)v },
            "Patterns of your own."),
        new Field<DlpSection>("response_action", Choices.Secrets, Weakens.WhenRaised,
            s => s.ResponseAction, (s, v) => s with { ResponseAction = (ScanAction)v },
            "What a secret in what agents receive does; the same rules look there. redact: it is replaced by a placeholder, so that the agent never has it. warn, because agents are given credentials on purpose: it is recorded, and leaving with it is another matter."),
        new Field<DlpSection>("scan_env", KindOf.Flag, Weakens.WhenLowered,
            s => s.ScanEnv, (s, v) => s with { ScanEnv = (bool)v },
            "Whether the secrets among the values of Postern's own environment are looked for in every decoding, cut up, backwards and in part. Only keyed fingerprints are kept. In a credential header over TLS they may go to hosts of api_allowlist, and to hosts that issue credentials of the vendor after which the variable is named."),
        new Field<DlpSection>("min_env_secret_length", KindOf.Whole(8, 256, "bytes"), Weakens.WhenRaised,
            s => s.MinEnvSecretLength, (s, v) => s with { MinEnvSecretLength = (int)v },
            "The shortest value of the environment, and the shortest line of secrets_file, that counts as a secret."),
        new Field<DlpSection>("secrets_file", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.SecretsFile, (s, v) => s with { SecretsFile = (string)v },
            "A file with one secret on each line, treated like those of the environment; lines that begin with # are comments. Others than its owner must not be able to read it. Read at the start and at each reload of this file."));
}
