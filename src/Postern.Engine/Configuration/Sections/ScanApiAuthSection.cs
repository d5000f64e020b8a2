using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Who may use the Scan API. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ScanApiAuthSection : ISection
{
    /// <summary>Tokens that are accepted.</summary>
    public IReadOnlyList<SecretText> BearerTokens { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "Who may use the Scan API.",
        new Field<ScanApiAuthSection>("bearer_tokens", KindOf.Secrets, Weakens.WhenGrown,
            s => s.BearerTokens, (s, v) => s with { BearerTokens = (IReadOnlyList<SecretText>)v },
            "Tokens that are accepted; each has a rate of its own. Required when scan_api.listen is set."));
}
