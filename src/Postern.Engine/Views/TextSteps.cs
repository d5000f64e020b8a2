using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>The decoders that may run on any text: in which order, which may follow which, and where there is nothing for them to do.</summary>
internal static class TextSteps
{
    /// <summary>In the order in which they run. The first five rewrite text in place, and this is their canonical order.</summary>
    public static ReadOnlySpan<Decoding> Encodings =>
    [
        Decoding.Percent, Decoding.Escape, Decoding.Entity, Decoding.QuotedPrintable, Decoding.Splice,
        Decoding.Inflate, Decoding.Base64, Decoding.Hex, Decoding.Base32, Decoding.Base58, Decoding.Base85, Decoding.Decimal, Decoding.Reversed, Decoding.Rot13,
    ];

    private const int Rewriting = 5;

    /// <summary>The place of each rewriting step in their order, from 1; 0 for all others.</summary>
    private static readonly byte[] s_order = Order();

    private static readonly Dictionary<Decoding, Decoder> s_decoders = new()
    {
        [Decoding.Percent] = PercentDecoder.Decode,
        [Decoding.Escape] = EscapeDecoder.Decode,
        [Decoding.Entity] = EntityDecoder.Decode,
        [Decoding.QuotedPrintable] = QuotedPrintableDecoder.Decode,
        [Decoding.Inflate] = static (bytes, _, child) => Inflation.PutBeginning(bytes, new ByteRange(0, bytes.Length), child),
        [Decoding.Base64] = Base64Decoder.Decode,
        [Decoding.Hex] = HexDecoder.Decode,
        [Decoding.Base32] = Base32Decoder.Decode,
        [Decoding.Base58] = Base58Decoder.Decode,
        [Decoding.Base85] = Base85Decoder.Decode,
        [Decoding.Decimal] = DecimalDecoder.Decode,
    };

    private delegate void Decoder(ReadOnlySpan<byte> bytes, Level parent, Level child);

    /// <summary>Whether the step counts against <see cref="ViewLimits.MaxDepth"/>.</summary>
    public static bool IsEncoding(Decoding step) => step == Decoding.Utf16 || Encodings.Contains(step);

    /// <summary>Whether there is anything for the step to do in a view, and no other view that shows the same.</summary>
    public static bool IsOpen(Decoding step, scoped in ViewSource source, Level level, bool isAtLimit)
    {
        var last = level.Last;
        var isSplit = last != Decoding.Compact || source.Part != PartKind.Body || source.Content == ContentKind.Form;
        return step switch
        {
            Decoding.Percent => (level.Features & Feature.Percent) != 0 && MayFollow(step, last, level),
            Decoding.Escape => (level.Features & Feature.Backslash) != 0 && MayFollow(step, last, level),
            Decoding.Entity => (level.Features & Feature.Ampersand) != 0 && MayFollow(step, last, level) && ReadsEntities(source, last),
            Decoding.QuotedPrintable => MayFollow(step, last, level) && !IsMirrored(last) && (last != Decoding.None || !IsQuery(source)),
            Decoding.Splice => MayFollow(step, last, level) && !IsMirrored(last) && !(last == Decoding.None && source.Part == PartKind.Url),

            // What comes from the world in archives is media; a window of a longer one cannot be opened by itself.
            Decoding.Inflate => last == Decoding.None && source is { Direction: Direction.Outbound, Part: PartKind.Body, Whole: true } && Inflation.IsCompressed(source.Bytes),

            // Encoded text is cut up where it must fit: into labels, segments, query values and fields, not into prose.
            Decoding.Base64 or Decoding.Base32 => level.Runs.Count > 0 && isSplit,
            Decoding.Base58 => level.Base58Runs.Count > 0 && isSplit,
            Decoding.Hex => level.HexRuns.Count + level.HexGroups.Count > 0 || (level.Features & Feature.LetterX) != 0,
            Decoding.Base85 => level.Words.Count > 0 && last != Decoding.Compact && !IsMirrored(last),
            Decoding.Decimal => level.Numbers.Count > 0 && last != Decoding.Compact && !IsMirrored(last),

            // Nobody can tell whether text beyond the bound stands the right way round, so there it is not asked.
            _ => last != Decoding.Compact && !IsMirrored(last) && !isAtLimit,
        };
    }

    /// <summary>Runs the step.</summary>
    public static void Decode(Decoding step, scoped in ViewSource source, ReadOnlySpan<byte> bytes, ViewLimits limits, Level parent, Level child)
    {
        if (step == Decoding.Splice)
        {
            SpliceDecoder.Decode(bytes, parent, source.Content != ContentKind.Html || parent.Last != Decoding.None, child);
        }
        else if (s_decoders.TryGetValue(step, out var decode))
        {
            decode(bytes, parent, child);
        }
        else
        {
            MirrorDecoder.Decode(bytes, parent, step == Decoding.Reversed, limits.MaxCompactBytes, child);
        }
    }

    // A step runs again after a later one only if that one produced something for it, so the orders do not multiply. Escapes
    // and references are also their own source: \u005c is a backslash, &#38; an ampersand.
    private static bool MayFollow(Decoding step, Decoding last, Level level)
    {
        var before = s_order[(int)last];
        return last != Decoding.Compact && (before < s_order[(int)step] || (level.Introduced && before > 1));
    }

    private static byte[] Order()
    {
        var order = new byte[byte.MaxValue];
        for (var i = 0; i < Rewriting; i++)
        {
            order[(int)Encodings[i]] = (byte)(i + 1);
        }

        return order;
    }

    // The HTML reader has decoded references where a browser would; a URL's ampersands separate fields.
    private static bool ReadsEntities(scoped in ViewSource source, Decoding last) =>
        last != Decoding.Html && (last != Decoding.None || (source.Content != ContentKind.Html && source.Part != PartKind.Url));

    /// <summary>Whether the step turned tokens around, of which only encoded text is read further.</summary>
    public static bool IsMirrored(Decoding step) => step is Decoding.Reversed or Decoding.Rot13;

    private static bool IsQuery(scoped in ViewSource source) => source.Part == PartKind.Url || source.Content == ContentKind.Form;
}
