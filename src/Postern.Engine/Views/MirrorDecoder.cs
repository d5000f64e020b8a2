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

    private const int MinLine = 20;
    private const int MaxLine = 2048;
    private const int Sample = 64;

    /// <summary>How much likelier the letters must be the other way round, in bits per letter.</summary>
    private const double Margin = 0.5;

    /// <summary>English lies above it.</summary>
    private const double English = -4.5;

    public static void Decode(ReadOnlySpan<byte> input, Level parent, bool backwards, int maxText, Level output)
    {
        foreach (var run in parent.Runs.Items)
        {
            for (var at = run.Start; at < run.End;)
            {
                var length = input[at..run.End].IndexOfAny((byte)'\n', (byte)'\r');
                var token = new ByteRange(at, length < 0 ? run.End : at + length);
                if (token.Length is >= RunTracker.MinRun and <= MaxToken && IsToken(input[token.Start..token.End]) && parent.IsNew(token.Start, token.End))
                {
                    Put(input, token, backwards, output);
                }

                at = token.End + 1;
            }
        }

        if (input.Length <= maxText)
        {
            ReadLines(input, parent, backwards, output);
        }
    }

    // Digests and identifiers have digits, but no letters beyond those of hexadecimal; paths and names have no digits.
    private static bool IsToken(ReadOnlySpan<byte> token) =>
        token.ContainsAnyInRange((byte)'0', (byte)'9') && (token.ContainsAnyInRange((byte)'G', (byte)'Z') || token.ContainsAnyInRange((byte)'g', (byte)'z'));

    private static void ReadLines(ReadOnlySpan<byte> input, Level parent, bool backwards, Level output)
    {
        for (var at = 0; at < input.Length;)
        {
            var length = input[at..].IndexOf((byte)'\n');
            var end = length < 0 ? input.Length : at + length;
            var line = new ByteRange(at, end);
            if (line.Length is >= MinLine and <= MaxLine && IsMirrored(input[at..end], backwards) && parent.IsNew(at, end))
            {
                Put(input, line, backwards, output);
            }

            at = end + 1;
        }
    }

    private static bool IsMirrored(ReadOnlySpan<byte> line, bool backwards)
    {
        var sample = line.Slice(Math.Max(0, (line.Length - Sample) / 2), Math.Min(Sample, line.Length));
        if (!sample.Contains((byte)' ') || LetterPairs.Score(sample) is var asIs && asIs > English)
        {
            return false;
        }

        Span<byte> mirrored = stackalloc byte[Sample];
        Mirror(sample, backwards, mirrored);
        return LetterPairs.Score(mirrored[..sample.Length]) > asIs + Margin;
    }

    private static void Put(ReadOnlySpan<byte> input, ByteRange range, bool backwards, Level output)
    {
        output.Separate();
        Span<byte> mirrored = stackalloc byte[MaxLine];
        mirrored = mirrored[..range.Length];
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
            b = Ascii.IsLetter(b) ? (byte)((((b | 0x20) - 'a' + 13) % 26) + (b & 0xE0) + 1) : b;
        }
    }
}
