namespace Postern.Engine.Views;

/// <summary>
/// Tokens that a single line break cut: the last of one line with the first of the next, and on through lines that are
/// nothing but a token. Each joined token stands on a line of its own, so that words keep their boundaries for
/// everything that reads them.
/// </summary>
internal static class CompactLines
{
    private const int MaxJoined = 512;

    /// <summary>Every choice of two to four neighbours is joined, so that what stands around a secret hides neither of its ends.</summary>
    private const int MaxGroup = 4;

    public static void Decode(ReadOnlySpan<byte> input, ByteRange range, Level parent, Level output)
    {
        var text = input[..range.End];
        var chain = -1;
        var at = range.Start;
        while (at < text.Length && text[at..].IndexOf((byte)'\n') is >= 0 and var offset)
        {
            at += offset + 1;
            if (at == text.Length || CompactTokens.TokenEnds.Contains(text[at]))
            {
                continue;
            }

            var end = WithoutBreak(text, at);
            var start = range.Start + text[range.Start..end].LastIndexOfAny(CompactTokens.TokenEnds) + 1;
            if (start < end)
            {
                // The first line of a chain takes the rest of it along.
                chain = JoinFrom(text, new ByteRange(start, end), takesAll: start > chain, parent, output) is >= 0 and var last ? last : chain;
            }
        }
    }

    // Joins the token with those of the lines below; says where the chain ends, or -1 if it was not followed so far.
    private static int JoinFrom(ReadOnlySpan<byte> text, ByteRange token, bool takesAll, Level parent, Level output)
    {
        var lines = 1;
        for (; NextLine(text, token.End) is >= 0 and var next; lines++)
        {
            if (lines == MaxGroup && !takesAll)
            {
                return -1;
            }

            var length = text[next..].IndexOfAny(CompactTokens.TokenEnds);
            token = token with { End = length < 0 ? text.Length : next + length };
            if (lines < MaxGroup)
            {
                Put(text, token, parent, output);
            }
        }

        if (lines > MaxGroup)
        {
            Put(text, token, parent, output);
        }

        return takesAll ? token.End : -1;
    }

    // Where the line begins that goes on with the token that ends here, or -1.
    private static int NextLine(ReadOnlySpan<byte> text, int end)
    {
        end += end < text.Length && text[end] == '\r' ? 1 : 0;
        return end + 1 < text.Length && text[end] == '\n' && !CompactTokens.TokenEnds.Contains(text[end + 1]) ? end + 1 : -1;
    }

    private static void Put(ReadOnlySpan<byte> input, ByteRange token, Level parent, Level output)
    {
        if (token.Length is >= CompactTokens.MinToken and <= MaxJoined && HasLetter(input[token.Start..token.End]) && parent.IsNew(token.Start, token.End))
        {
            CompactTokens.PutToken(input, token, CompactTokens.NoiseAndSpace, output);
        }
    }

    // Columns of numbers are no cut token: read together, one in ten pairs would pass for a card number.
    private static bool HasLetter(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (Ascii.IsLetter(b))
            {
                return true;
            }
        }

        return false;
    }

    private static int WithoutBreak(ReadOnlySpan<byte> input, int afterBreak) =>
        afterBreak >= 2 && input[afterBreak - 2] == '\r' ? afterBreak - 2 : afterBreak - 1;
}
