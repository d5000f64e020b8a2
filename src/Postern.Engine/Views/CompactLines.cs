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
        var chain = -1;
        var at = range.Start;
        while (at < range.End && input[at..range.End].IndexOf((byte)'\n') is >= 0 and var offset)
        {
            at += offset + 1;
            var end = WithoutBreak(input, at);
            var start = range.Start + input[range.Start..end].LastIndexOfAny(CompactTokens.TokenEnds) + 1;
            if (start == end)
            {
                continue;
            }

            JoinFrom(input[..range.End], start, parent, output);

            // The first line of a chain takes the rest of it along.
            if (start > chain)
            {
                chain = ChainEnd(input[..range.End], start, int.MaxValue);
                Put(input, new ByteRange(start, chain), MaxGroup + 1, parent, output);
            }
        }
    }

    private static void JoinFrom(ReadOnlySpan<byte> input, int start, Level parent, Level output)
    {
        for (var size = 2; size <= MaxGroup; size++)
        {
            var end = ChainEnd(input, start, size);
            Put(input, new ByteRange(start, end), size, parent, output);
        }
    }

    // Where the token ends that begins here and goes on over at most so many lines.
    private static int ChainEnd(ReadOnlySpan<byte> input, int start, int maxLines)
    {
        var at = start;
        for (var lines = 1; ; lines++)
        {
            var length = input[at..].IndexOfAny(CompactTokens.TokenEnds);
            var end = length < 0 ? input.Length : at + length;
            at = end;
            at += at < input.Length && input[at] == '\r' ? 1 : 0;
            at += at < input.Length && input[at] == '\n' ? 1 : 0;
            var goesOn = at > end && at < input.Length && input[at - 1] == '\n' && !CompactTokens.TokenEnds.Contains(input[at]);
            if (!goesOn || lines == maxLines)
            {
                return end;
            }
        }
    }

    private static void Put(ReadOnlySpan<byte> input, ByteRange token, int minLines, Level parent, Level output)
    {
        var text = input[token.Start..token.End];
        if (token.Length is < CompactTokens.MinToken or > MaxJoined || text.Count((byte)'\n') < minLines - 1
            || !HasLetter(text) || !parent.IsNew(token.Start, token.End))
        {
            return;
        }

        var before = output.Length;
        for (var at = token.Start; at < token.End; at++)
        {
            if (!Ascii.IsSpace(input[at]) && !CompactTokens.Noise.Contains(input[at]))
            {
                output.Copy(input.Slice(at, 1), at);
            }
        }

        if (output.Length - before < CompactTokens.MinToken)
        {
            output.Truncate(before);
        }

        output.Separate();
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
