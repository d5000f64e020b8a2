using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Values planted to be stolen. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record CanaryTokensSection : ISection
{
    /// <summary>Whether they are looked for.</summary>
    public bool Enabled { get; init; }

    /// <summary>The canaries.</summary>
    public IReadOnlyList<CanaryToken> Tokens { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "Values planted where only a thief looks. One that leaves refuses, whatever the mode and whatever is suppressed: it is nobody's credential, so nothing legitimate sends it.",
        new Field<CanaryTokensSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether they are looked for, in every decoding, cut up, backwards and in part."),
        new Field<CanaryTokensSection>("tokens", KindOf.Items<CanaryToken>(), Weakens.WhenShrunk,
            s => s.Tokens, (s, v) => s with { Tokens = (IReadOnlyList<CanaryToken>)v },
            "The canaries; 'postern canary' makes one."));
}
