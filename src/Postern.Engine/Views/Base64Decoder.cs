using System.Buffers;
using System.Buffers.Text;

namespace Postern.Engine.Views;

/// <summary>
/// Base64 in either alphabet, padded or not, wrapped and indented or not. A run is read from each of its first four
/// characters, so that what is glued to its front (a path, a slash, a prefix) cannot shift it out of sight; decoded
/// noise is left out. All decoded text of a view stands in one view, piece by piece.
/// </summary>
internal static class Base64Decoder
{
    private const int InUnit = 4;
    private const int OutUnit = 3;
    private const int MaxIndent = 64;
    private const int MinText = 9;
    private static readonly SearchValues<byte> s_breaks = SearchValues.Create("\r\n \t"u8);

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        var runs = parent.Runs.Items;
        for (var i = 0; i < runs.Length && !output.Overflowed; i++)
        {
            var start = runs[i].Start;
            var end = runs[i].End;
            while (i + 1 < runs.Length && IsIndent(input, end, runs[i + 1].Start))
            {
                end = runs[++i].End;
            }

            if (parent.IsNew(start, end))
            {
                ReadLines(input, new ByteRange(start, LastLine(input, end)), parent, output);
            }
        }
    }

    private static bool IsIndent(ReadOnlySpan<byte> input, int end, int next) =>
        next - end <= MaxIndent && input[end - 1] == '\n' && !input[end..next].ContainsAnyExcept((byte)' ', (byte)'\t');

    // The last, short line of an indented block is no run of its own.
    private static int LastLine(ReadOnlySpan<byte> input, int end)
    {
        if (input[end - 1] != '\n')
        {
            return end;
        }

        var at = end;
        while (at < input.Length && at - end < MaxIndent && input[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        var text = at;
        while (at < input.Length && at - text < RunTracker.MinRun && IsMember(input[at]))
        {
            at++;
        }

        return at > text ? at : end;
    }

    internal static bool IsMember(byte b) => Ascii.IsAlphanumeric(b) || b is (byte)'+' or (byte)'/' or (byte)'-' or (byte)'_';

    // Lines are read together when they look wrapped: of equal length, or long, with a shorter one at the end. What is
    // merely one word below the other, as the leaves of a container are, is not.
    private static void ReadLines(ReadOnlySpan<byte> input, ByteRange run, Level parent, Level output)
    {
        var group = new ByteRange(run.Start, run.Start);
        var previous = 0;
        var count = 0;
        for (var at = run.Start; at < run.End;)
        {
            var length = input[at..run.End].IndexOf((byte)'\n');
            var next = length < 0 ? run.End : at + length + 1;
            var line = Trim(input, at, next);
            at = next;
            if (count > 0 && Continues(previous, line.Length, count))
            {
                group = group with { End = line.End };
                count = line.Length < previous && line.Length < RunTracker.MinRun ? 0 : count + 1;
            }
            else
            {
                ReadRun(input, group, parent, output);
                group = line;
                count = 1;
            }

            previous = line.Length;
        }

        ReadRun(input, group, parent, output);
    }

    private static bool Continues(int previous, int length, int count) =>
        (length == previous && length >= InUnit)
        || (length >= RunTracker.MinRun && previous >= RunTracker.MinRun)
        || (length > 0 && length < previous && (count > 1 || previous >= RunTracker.MinRun));

    private static ByteRange Trim(ReadOnlySpan<byte> input, int start, int end)
    {
        while (start < end && input[start] <= (byte)' ')
        {
            start++;
        }

        while (end > start && input[end - 1] <= (byte)' ')
        {
            end--;
        }

        return new ByteRange(start, end);
    }

    private static void ReadRun(ReadOnlySpan<byte> input, ByteRange run, Level parent, Level output)
    {
        if (run.Length < RunTracker.MinRun
            || run.Length <= Base64Sieve.MaxLength && !Base64Sieve.MayHoldText(input[run.Start..run.End]))
        {
            return;
        }

        var work = parent.WorkOf((run.Length * 2) + 16);
        var count = Collect(input[run.Start..run.End], work);
        var characters = work[..count];
        if (count < RunTracker.MinRun)
        {
            return;
        }

        characters.Replace((byte)'-', (byte)'+');
        characters.Replace((byte)'_', (byte)'/');
        var positions = output.Recording && count != run.Length ? Positions(input, run, count) : [];
        var decoded = work[count..];
        var ways = count <= Base64Sieve.MaxLength ? Base64Sieve.Ways(characters) : Base64Sieve.AllWays;
        for (var skip = 0; skip < InUnit && (skip == 0 || count - skip >= RunTracker.MinRun); skip++)
        {
            if ((ways >> skip & 1) != 0)
            {
                var length = DecodeFrom(characters[skip..], decoded);
                new RunMap(positions, run, skip, InUnit, OutUnit).PutText(decoded[..length], MinText, output);
            }
        }
    }

    // Leaves line breaks and indentation out.
    private static int Collect(ReadOnlySpan<byte> run, Span<byte> to)
    {
        var count = 0;
        while (run.Length > 0)
        {
            var length = run.IndexOfAny(s_breaks);
            var piece = length < 0 ? run : run[..length];
            piece.CopyTo(to[count..]);
            count += piece.Length;
            run = length < 0 ? [] : run[(length + 1)..];
        }

        return count;
    }

    private static int[] Positions(ReadOnlySpan<byte> input, ByteRange run, int count)
    {
        var positions = new int[count];
        var next = 0;
        for (var at = run.Start; at < run.End; at++)
        {
            if (!s_breaks.Contains(input[at]))
            {
                positions[next++] = at;
            }
        }

        return positions;
    }

    internal static int DecodeFrom(ReadOnlySpan<byte> characters, Span<byte> to)
    {
        var whole = characters.Length / InUnit * InUnit;
        Base64.DecodeFromUtf8(characters[..whole], to, out _, out var written);
        var rest = characters[whole..];
        if (rest.Length < 2)
        {
            return written;
        }

        Span<byte> last = stackalloc byte[InUnit];
        Span<byte> text = stackalloc byte[OutUnit];
        last.Fill((byte)'A');
        rest.CopyTo(last);
        Base64.DecodeFromUtf8(last, text, out _, out _);
        text[..(rest.Length - 1)].CopyTo(to[written..]);
        return written + rest.Length - 1;
    }
}
