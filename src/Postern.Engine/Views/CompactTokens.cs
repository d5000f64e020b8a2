using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// The tokens of a text that separators were put into, without them, and the letters that were spaced out, together.
/// Prose has neither, so its compact form is empty.
/// </summary>
internal static class CompactTokens
{
    public const int MinToken = 16;
    private const int MaxSpaced = 4;
    private const int MaxHyphens = 32;
    public static readonly SearchValues<byte> Noise = SearchValues.Create("./+,;|"u8);
    public static readonly SearchValues<byte> NoiseAndSpace = SearchValues.Create("./+,;| \t\r\n\f"u8);
    private static readonly SearchValues<byte> s_hyphen = SearchValues.Create("-"u8);
    private static readonly SearchValues<byte> s_blanks = SearchValues.Create(" \t\r\n\f"u8);
    public static readonly SearchValues<byte> TokenEnds = SearchValues.Create(" \t\r\n\"'<>()[]{}=`"u8);

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        JoinTokens(input, parent, output);
        JoinHyphens(input, parent, output);
        JoinSpaced(input, parent, output);
    }

    // Groups between hyphens, as licence keys have them; identifiers of hexadecimal digits are left alone.
    private static void JoinHyphens(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        foreach (var token in parent.Tokens.Items)
        {
            var text = input[token.Start..token.End];
            if (text.Count((byte)'-') is 0 or > MaxHyphens || !text.ContainsAnyInRange((byte)'0', (byte)'9')
                || !(text.ContainsAnyInRange((byte)'G', (byte)'Z') || text.ContainsAnyInRange((byte)'g', (byte)'z')) || !parent.IsNew(token.Start, token.End))
            {
                continue;
            }

            PutWithout(input, token, s_hyphen, output);
            output.Separate();
        }
    }

    private static void JoinTokens(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        var from = 0;
        while (from < input.Length && input[from..].IndexOfAny(Noise) is >= 0 and var offset)
        {
            var at = from + offset;
            var start = from + input[from..at].LastIndexOfAny(TokenEnds) + 1;
            var length = input[at..].IndexOfAny(TokenEnds);
            var end = length < 0 ? input.Length : at + length;
            if (end - start > MinToken && parent.IsNew(start, end))
            {
                PutToken(input, new ByteRange(start, end), Noise, output);
            }

            from = end;
        }
    }

    /// <summary>Puts a token on a line of its own if enough of it is left without the noise.</summary>
    public static void PutToken(ReadOnlySpan<byte> input, ByteRange token, SearchValues<byte> noise, Level output)
    {
        var before = output.Length;
        PutWithout(input, token, noise, output);
        if (output.Length - before < MinToken)
        {
            output.Truncate(before);
        }

        output.Separate();
    }

    /// <summary>Copies a range without the noise in it.</summary>
    public static void PutWithout(ReadOnlySpan<byte> input, ByteRange range, SearchValues<byte> noise, Level output)
    {
        for (var at = range.Start; at < range.End;)
        {
            var length = input[at..range.End].IndexOfAny(noise);
            var end = length < 0 ? range.End : at + length;
            output.Copy(input[at..end], at);
            at = end + 1;
        }
    }

    private static void JoinSpaced(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        SpacedLetters.Find(input, parent.SpacedRuns);
        foreach (var run in parent.SpacedRuns.Items)
        {
            JoinSpaced(input, run, parent, output);
        }
    }

    // Words of at most four characters, one blank between them, at least sixteen characters together.
    private static void JoinSpaced(ReadOnlySpan<byte> input, ByteRange run, Level parent, Level output)
    {
        var start = run.Start == 0 ? 0 : run.Start + 1;
        var word = start;
        var words = 0;
        for (var at = start; at <= run.End; at++)
        {
            var isEnd = at == input.Length || Ascii.IsSpace(input[at]);
            if (!isEnd && at - word < MaxSpaced)
            {
                continue;
            }

            if (isEnd && at > word)
            {
                words++;
                word = at + 1;
                if (at < input.Length)
                {
                    continue;
                }
            }

            PutSpaced(input, new ByteRange(start, Math.Min(word, input.Length)), words, parent, output);
            start = at + 1;
            word = start;
            words = 0;
        }
    }

    private static void PutSpaced(ReadOnlySpan<byte> input, ByteRange range, int words, Level parent, Level output)
    {
        if (range.Length - words < MinToken || words < MaxSpaced || !parent.IsNew(range.Start, range.End))
        {
            return;
        }

        PutWithout(input, range, s_blanks, output);
        output.Separate();
    }
}
