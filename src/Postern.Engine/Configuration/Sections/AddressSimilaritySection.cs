using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What a look-alike is. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record AddressSimilaritySection : ISection
{
    /// <summary>Characters at the beginning.</summary>
    public int PrefixLength { get; init; } = 4;

    /// <summary>Characters at the end.</summary>
    public int SuffixLength { get; init; } = 4;

    static SectionSchema ISection.Schema => field ??= new(
        "What a look-alike is: an address that shares its beginning and its end with an allowed one and is another.",
        new Field<AddressSimilaritySection>("prefix_length", KindOf.Whole(2, 16, "characters"), Weakens.WhenRaised,
            s => s.PrefixLength, (s, v) => s with { PrefixLength = (int)v },
            "Characters at the beginning, 0x, bc1 and bnb1 not counted. Wallets show four."),
        new Field<AddressSimilaritySection>("suffix_length", KindOf.Whole(2, 16, "characters"), Weakens.WhenRaised,
            s => s.SuffixLength, (s, v) => s with { SuffixLength = (int)v },
            "Characters at the end."));
}
