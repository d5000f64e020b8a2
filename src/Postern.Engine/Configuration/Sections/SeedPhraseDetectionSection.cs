using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Seed phrases of wallets. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record SeedPhraseDetectionSection : ISection
{
    /// <summary>Whether they are looked for.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The shortest phrase.</summary>
    public int MinWords { get; init; } = 12;

    /// <summary>Whether the checksum must be right.</summary>
    public bool VerifyChecksum { get; init; } = true;

    static SectionSchema ISection.Schema => field ??= new(
        "Seed phrases of wallets (BIP-39, in all ten languages).",
        new Field<SeedPhraseDetectionSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether they are looked for."),
        new Field<SeedPhraseDetectionSection>("min_words", KindOf.Whole(12, 24, "words"), Weakens.WhenRaised,
            s => s.MinWords, (s, v) => s with { MinWords = (int)v },
            "The shortest phrase; phrases have 12, 15, 18, 21 or 24 words."),
        new Field<SeedPhraseDetectionSection>("verify_checksum", KindOf.Flag, Weakens.Never,
            s => s.VerifyChecksum, (s, v) => s with { VerifyChecksum = (bool)v },
            "Whether the checksum must be right. It is by chance in one of sixteen runs of twelve words; false finds phrases with a typing error too, and takes lists of common words for phrases."));
}
