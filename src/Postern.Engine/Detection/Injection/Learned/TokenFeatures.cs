using System.Numerics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>Names the features of tokens, each with what stands before it: words, their beginnings, sequences with and without a gap, quotation, and sequences of kinds.</summary>
internal ref struct TokenFeatures<TSink>(TSink sink)
    where TSink : struct, IFeatureSink, allows ref struct
{
    /// <summary>Two words of a kind more tokens apart than this say nothing about each other.</summary>
    private const int MaxKindGap = 8;

    /// <summary>Features of one token besides its letters, at most, and those written that do not count.</summary>
    private const int MaxOthers = 16;

    /// <summary>Features of all the tokens that a sink takes at once.</summary>
    private const int MaxFilled = (WindowSums.BlockTokens * (Token.MaxLetters + MaxOthers)) + ShortWord.Grams;

    private uint _previous;
    private uint _second;
    private uint _third;
    private int _count;
    private KindTrail _kinds;
    private RecentFeatures _recent;
    private Features _features;
    private int _filled;

    /// <summary>Who hears the features.</summary>
    public TSink Sink = sink;

    /// <summary>What stands before the next token.</summary>
    public Separator Separator = Separator.Line;

    /// <summary>The mark of the quotation that the next token stands in; 0 for none.</summary>
    public byte Quote;

    /// <summary>Where the features of the next token's letters are written, before <see cref="End"/>.</summary>
    [UnscopedRef]
    public Span<uint> Letters => ((Span<uint>)_features)[_filled..];

    /// <summary>Takes a separator; of several the last in their list counts.</summary>
    public void Separate(Separator separator) => Separator = separator > Separator ? separator : Separator;

    /// <summary>Takes a token whose letters have so many features.</summary>
    public void End(in Token token, int letters)
    {
        var features = Letters[letters..];
        var (stem, count) = (token.Stem, 1);
        features[0] = FeatureMix.Of(token.Word, 0x9E3779B1);

        // What is not to count is overwritten by the next: whether it counts no processor foresees.
        features[1] = FeatureMix.Of(stem, 0x7FEB352D);
        count += stem != token.Word ? 1 : 0;
        var second = BitOperations.RotateLeft(_previous, 11);
        features[count++] = FeatureMix.Of(second ^ stem, 0x846CA68B);
        features[count++] = FeatureMix.Of(BitOperations.RotateLeft(_second, 19) ^ second ^ stem, 0xC2B2AE35);
        features[count++] = FeatureMix.Of(BitOperations.RotateLeft(_second, 7) ^ stem, 0x27D4EB2F);
        features[count++] = FeatureMix.Of(BitOperations.RotateLeft(_third, 23) ^ stem, 0x165667B1);
        features[count] = FeatureMix.Of(stem ^ (uint)Separator, 0xD6E8FEB8);
        count += Separator > Separator.Other ? 1 : 0;
        features[count] = FeatureMix.Of(stem, 0xA5A5A5B5);
        count += Quote != 0 ? 1 : 0;
        if (token.Kind != 0)
        {
            Sink.Meet(token.Kind);
            count = AddKinds(token.Kind, features, count);
        }

        _filled += letters + count;
        (_third, _second, _previous) = (_second, _previous, stem);
        Separator = Separator.Space;
        if (++_count % TSink.TokensAtOnce == 0)
        {
            Flush();
        }

        Sink.EndToken(token.Start, token.End);
    }

    /// <summary>Hands over what was not handed over yet.</summary>
    public void Flush()
    {
        Sink.Add(((Span<uint>)_features)[.._filled], ref _recent);
        _filled = 0;
    }

    private int AddKinds(uint kind, scoped Span<uint> features, int count)
    {
        var marked = Quote != 0 ? 0x40u : 0;
        features[count++] = OfKind(FeatureMix.Of(kind | marked, 0x2C1B3C6D));
        if (Separator > Separator.Comma)
        {
            features[count++] = OfKind(FeatureMix.Of(kind ^ ((uint)Separator << 8), 0x297A2D39));
        }

        if (_count - _kinds.At1 <= MaxKindGap && _kinds.Kind1 != 0)
        {
            features[count++] = OfKind(FeatureMix.Of((_kinds.Kind1 << 8) | kind | marked, 0x5BD1E995));
            features[count++] = OfKind(Pair(_kinds.Kind1, kind));
            if (_count - _kinds.At2 <= MaxKindGap + 4 && _kinds.Kind2 != 0)
            {
                features[count++] = OfKind(FeatureMix.Of((_kinds.Kind2 << 8) | kind | marked, 0x5BD1E995));
                features[count++] = OfKind(Pair(_kinds.Kind2, kind));
                features[count++] = OfKind(FeatureMix.Of((_kinds.Kind2 << 16) | (_kinds.Kind1 << 8) | kind, 0x6C8E9CF5));
            }
        }

        _kinds = new KindTrail(kind, _count, _kinds.Kind1, _kinds.At1);
        return count;
    }

    /// <summary>Two kinds in whatever order: languages put verb and object differently.</summary>
    private static uint Pair(uint one, uint other) => FeatureMix.Of((Math.Min(one, other) << 8) | Math.Max(one, other), 0x3C6EF372);

    /// <summary>Kinds have buckets of their own, so that training can lean on them more than on words.</summary>
    private static uint OfKind(uint feature) => feature >> FeatureMix.KindShift;

    /// <summary>The last two words of a kind and where they stood.</summary>
    private readonly record struct KindTrail(uint Kind1, int At1, uint Kind2, int At2);

    [InlineArray(MaxFilled)]
    private struct Features
    {
        private uint _first;
    }
}
