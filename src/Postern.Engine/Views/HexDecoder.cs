using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// Hexadecimal text: long runs, wrapped or not, and groups of digits with delimiters between them or with 0x before
/// each byte. Runs are read from their first and their second digit; decoded noise is left out.
/// </summary>
internal static class HexDecoder
{
    private const int MinText = 8;
    private const int MinBytes = RunTracker.MinRun / 2;
    private const int MaxDelimiter = 4;
    private static readonly SearchValues<byte> s_breaks = SearchValues.Create("\r\n \t"u8);
    private static readonly SearchValues<byte> s_delimiterSet = SearchValues.Create(":- ,;\t\r\n\"'"u8);

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        var runs = parent.HexRuns.Items;
        for (var i = 0; i < runs.Length && !output.Overflowed; i++)
        {
            var run = runs[i];
            while (i + 1 < runs.Length && IsBreak(input, run.End, runs[i + 1].Start))
            {
                run = new ByteRange(run.Start, runs[++i].End);
            }

            if (parent.IsNew(run.Start, run.End))
            {
                ReadRun(input, run, parent, output);
            }
        }

        ReadGroups(input, parent, output);
        if ((parent.Features & Feature.LetterX) != 0)
        {
            ReadPrefixed(input, "0x"u8, parent, output);
            ReadPrefixed(input, "0X"u8, parent, output);
        }
    }

    private static bool IsBreak(ReadOnlySpan<byte> input, int end, int next) =>
        next - end <= MaxDelimiter && !input[end..next].ContainsAnyExcept(s_breaks);

    private static void ReadRun(ReadOnlySpan<byte> input, ByteRange run, Level parent, Level output)
    {
        var work = parent.WorkOf(run.Length * 2);
        var count = 0;
        for (var at = run.Start; at < run.End;)
        {
            var length = input[at..run.End].IndexOfAny(s_breaks);
            var piece = length < 0 ? input[at..run.End] : input.Slice(at, length);
            piece.CopyTo(work[count..]);
            count += piece.Length;
            at += piece.Length + 1;
        }

        int[] positions = [];
        if (output.Recording && count != run.Length)
        {
            positions = new int[count];
            var next = 0;
            for (var at = run.Start; at < run.End; at++)
            {
                if (Ascii.IsHex(input[at]))
                {
                    positions[next++] = at;
                }
            }
        }

        PutDigits(work, count, positions, run, output);
    }

    private static void PutDigits(Span<byte> work, int count, ReadOnlySpan<int> positions, ByteRange run, Level output)
    {
        var decoded = work[count..];
        for (var skip = 0; skip < 2 && count - skip >= RunTracker.MinRun; skip++)
        {
            var digits = work[skip..count];
            Convert.FromHexString(digits[..(digits.Length / 2 * 2)], decoded, out _, out var written);
            new RunMap(positions, run, skip, 2, 1).PutText(decoded[..written], MinText, output);
        }
    }

    private static void ReadGroups(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        var done = 0;
        foreach (var group in parent.HexGroups.Items)
        {
            if (group.Start < done || output.Overflowed)
            {
                continue;
            }

            var start = GroupsStart(input, group.Start, done);
            done = ReadSequence(input, start, parent, output);
        }
    }

    // The gate marks where the pattern stands in a block; the sequence may have begun before.
    private static int GroupsStart(ReadOnlySpan<byte> input, int at, int floor)
    {
        var digits = input[at..].IndexOfAnyExcept(HexDigits.Set);
        var step = digits < 0 ? input.Length : digits + input[(at + digits)..].IndexOfAny(HexDigits.Set);
        while (at - step >= floor && Ascii.Hex(input, at - step, digits) >= 0
            && !input[(at - step + digits)..at].ContainsAnyExcept(s_delimiterSet))
        {
            at -= step;
        }

        return at;
    }

    private static void ReadPrefixed(ReadOnlySpan<byte> input, ReadOnlySpan<byte> prefix, Level parent, Level output)
    {
        var from = 0;
        while (from < input.Length && input[from..].IndexOf(prefix) is >= 0 and var offset && !output.Overflowed)
        {
            var at = from + offset;
            var digits = at + prefix.Length;
            var isByte = Ascii.HexPair(input, digits) >= 0 && (digits + 2 >= input.Length || !Ascii.IsHex(input[digits + 2]));
            from = Math.Max(digits, isByte ? ReadSequence(input, at, parent, output) : 0);
        }
    }

    /// <summary>Reads groups of an even number of digits, each with or without 0x, and returns where they end.</summary>
    private static int ReadSequence(ReadOnlySpan<byte> input, int start, Level parent, Level output)
    {
        var end = SequenceEnd(input, start, [], [], out var count);
        if (count < MinBytes * 2 || !parent.IsNew(start, end))
        {
            return end;
        }

        var work = parent.WorkOf(count * 2);
        var positions = output.Recording ? new int[count] : [];
        SequenceEnd(input[..end], start, work, positions, out _);
        PutDigits(work, count, positions, new ByteRange(start, end), output);
        return end;
    }

    private static int SequenceEnd(ReadOnlySpan<byte> input, int at, Span<byte> digits, Span<int> positions, out int count)
    {
        count = 0;
        var end = at;
        while (true)
        {
            var first = at + 1 < input.Length && input[at] == '0' && (input[at + 1] | 0x20) == 'x' ? at + 2 : at;
            var length = input[Math.Min(first, input.Length)..].IndexOfAnyExcept(HexDigits.Set);
            length = length < 0 ? input.Length - Math.Min(first, input.Length) : length;
            if (length == 0 || length % 2 != 0)
            {
                return end;
            }

            for (var i = 0; i < length && !digits.IsEmpty; i++)
            {
                digits[count + i] = input[first + i];
                if (!positions.IsEmpty)
                {
                    // The first digit of a byte stands for its prefix too.
                    positions[count + i] = i == 0 ? at : first + i;
                }
            }

            count += length;
            end = first + length;
            at = end;
            while (at < input.Length && at - end < MaxDelimiter && s_delimiterSet.Contains(input[at]))
            {
                at++;
            }
        }
    }
}
