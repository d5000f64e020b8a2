using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Views;

/// <summary>
/// What a child would call a cipher: text backwards, and letters moved by thirteen. Tokens with digits in them are read both
/// ways; a line of prose only when its letters follow each other as they do in no language but the mirrored one.
/// </summary>
internal static class MirrorDecoder
{
    /// <summary>Longer tokens are encoded text, not one credential.</summary>
    private const int MaxToken = 320;

    /// <summary>Lines of one length below each other, at least so long, are a wrapped block, not tokens.</summary>
    private const int MinWrapped = 60;

    private const int MinLine = 20;
    private const int MaxLine = 2048;
    private const int Sample = 40;

    /// <summary>How much likelier the letters must be the other way round, in bits per letter.</summary>
    private const double Margin = 0.5;

    /// <summary>English lies above it.</summary>
    private const double English = -4.5;

    private static readonly byte[] s_rotated =
        [.. Enumerable.Range(0, 256).Select(static b => (byte)(Ascii.IsLetter((byte)b) ? (((b | 0x20) - 'a' + 13) % 26) + (b & 0xE0) + 1 : b))];

    public static void Decode(ReadOnlySpan<byte> input, Level parent, bool backwards, int maxText, Level output)
    {
        // Reading backwards comes first and leaves what it learned to the other way.
        if (backwards)
        {
            FindOddTokens(input, parent);
            FindOddLines(input, maxText, parent);
        }

        foreach (var token in parent.OddTokens.Items)
        {
            Put(input, token, backwards, parent, output);
        }

        // Tokens are no sentences.
        output.Shows = ViewShows.Values;
        foreach (var line in parent.OddLines.Items)
        {
            if (IsMirrored(input[line.Start..line.End], backwards))
            {
                output.Shows = ViewShows.All;
                Put(input, line, backwards, parent, output);
            }
        }
    }

    // Digests and identifiers have digits, but no letters beyond those of hexadecimal; paths and names have no digits.
    private static bool IsToken(ReadOnlySpan<byte> token) =>
        token.ContainsAnyInRange((byte)'0', (byte)'9') && (token.ContainsAnyInRange((byte)'G', (byte)'Z') || token.ContainsAnyInRange((byte)'g', (byte)'z'));

    private static void FindOddTokens(ReadOnlySpan<byte> input, Level parent)
    {
        parent.OddTokens.Clear();
        var previous = default(ByteRange);
        foreach (var token in parent.Tokens.Items)
        {
            var isWrapped = token.Length >= MinWrapped && token.Length == previous.Length && token.Start - previous.End <= 2;
            previous = token;
            if (!isWrapped && token.Length <= MaxToken && IsToken(input[token.Start..token.End]) && parent.IsNew(token.Start, token.End))
            {
                parent.OddTokens.Add(token.Start, token.End);
            }
        }
    }

    private static void FindOddLines(ReadOnlySpan<byte> input, int maxText, Level parent)
    {
        parent.OddLines.Clear();
        for (var at = 0; at < input.Length && input.Length <= maxText;)
        {
            var length = input[at..].IndexOf((byte)'\n');
            var end = length < 0 ? input.Length : at + length;
            if (end - at is >= MinLine and <= MaxLine && SampleOf(input[at..end]) is var sample && sample.Contains((byte)' ')
                && LetterPairs.Score(sample) <= English && parent.IsNew(at, end))
            {
                parent.OddLines.Add(at, end);
            }

            at = end + 1;
        }
    }

    private static ReadOnlySpan<byte> SampleOf(ReadOnlySpan<byte> line) =>
        line.Slice(Math.Max(0, (line.Length - Sample) / 2), Math.Min(Sample, line.Length));

    private static bool IsMirrored(ReadOnlySpan<byte> line, bool backwards)
    {
        var sample = SampleOf(line);
        Span<byte> mirrored = stackalloc byte[Sample];
        Mirror(sample, backwards, mirrored);
        return LetterPairs.Score(mirrored[..sample.Length]) > LetterPairs.Score(sample) + Margin;
    }

    private static void Put(ReadOnlySpan<byte> input, ByteRange range, bool backwards, Level parent, Level output)
    {
        output.Separate();
        var mirrored = parent.WorkOf(range.Length)[..range.Length];
        Mirror(input[range.Start..range.End], backwards, mirrored);
        if (!backwards)
        {
            output.Copy(mirrored, range.Start);
        }
        else if (!output.Recording)
        {
            output.Put(mirrored, range.Start, range.Length);
        }
        else
        {
            for (var i = 0; i < mirrored.Length; i++)
            {
                output.Put(mirrored[i], range.End - 1 - i, 1);
            }
        }

        output.Separate();
    }

    private static void Mirror(ReadOnlySpan<byte> text, bool backwards, Span<byte> to)
    {
        text.CopyTo(to);
        if (backwards)
        {
            to[..text.Length].Reverse();
            return;
        }

        foreach (ref var b in to[..text.Length])
        {
            b = s_rotated[b];
        }
    }
}
