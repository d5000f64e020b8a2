using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The operator's port. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ControlSection : ISection
{
    /// <summary>Where it listens.</summary>
    public string Listen { get; init; } = "";

    /// <summary>Tokens that are accepted.</summary>
    public IReadOnlyList<SecretText> BearerTokens { get; init; } = [];

    /// <summary>How often each token may be used.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    static SectionSchema ISection.Schema => field ??= new(
        "The operator's port: control API and dashboard, see docs/control.md. Agents have no business there.",
        new Field<ControlSection>("listen", KindOf.Optional(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.Listen, (s, v) => s with { Listen = (string)v },
            "Where it listens. Not set: no control API and no dashboard; the kill switch still has its other sources.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<ControlSection>("bearer_tokens", KindOf.Secrets, Weakens.WhenGrown,
            s => s.BearerTokens, (s, v) => s with { BearerTokens = (IReadOnlyList<SecretText>)v },
            "Tokens that are accepted, one for each operator: evidence calls them operator#1, operator#2 in this order. Empty: one is made and kept in control-token in Postern's home."),
        new Field<ControlSection>("requests_per_minute", KindOf.Whole(1, 100000, "requests per minute and token", "unlimited"), Weakens.Never,
            s => s.RequestsPerMinute, (s, v) => s with { RequestsPerMinute = (int)v },
            "How often each token may be used; more is answered with 429."));
}
