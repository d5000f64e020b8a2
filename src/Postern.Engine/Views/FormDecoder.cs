using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>
/// Fields of a form, or of a URL's query, in document order: names and values, one per line, decoded once, with a plus
/// sign read as a space. Further layers, and the reading that keeps the plus sign, are other views.
/// </summary>
internal static class FormDecoder
{
    private const int Escape = 3;

    /// <summary>Reads the fields; returns the offset of the first byte that no form can contain, or -1.</summary>
    public static int Decode(ReadOnlySpan<byte> input, PartKind part, Level output)
    {
        var fields = part == PartKind.Url ? Query(input) : new ByteRange(0, input.Length);
        var fault = -1;
        var at = fields.Start;
        while (at < fields.End)
        {
            var length = input[at..fields.End].IndexOf((byte)'&');
            var end = length < 0 ? fields.End : at + length;
            var equals = input[at..end].IndexOf((byte)'=');
            var nameEnd = equals < 0 ? end : at + equals;
            var name = output.Length;
            Field(input, new ByteRange(at, nameEnd), output, ref fault);
            if (equals >= 0)
            {
                Pieces.AddName(output, name);
            }

            // A bare token is as good as a value.
            var start = equals < 0 ? output.Length : Next(output);
            Field(input, new ByteRange(Math.Min(end, nameEnd + 1), end), output, ref fault);
            Pieces.Add(output, start);
            output.Separate();
            at = end + 1;
        }

        return fault;
    }

    private static int Next(Level output)
    {
        output.Separate();
        return output.Length;
    }

    private static ByteRange Query(ReadOnlySpan<byte> url)
    {
        var mark = url.IndexOf((byte)'?');
        if (mark < 0)
        {
            return default;
        }

        var hash = url[mark..].IndexOf((byte)'#');
        return new ByteRange(mark + 1, hash < 0 ? url.Length : mark + hash);
    }

    private static void Field(ReadOnlySpan<byte> input, ByteRange field, Level output, ref int fault)
    {
        var at = field.Start;
        while (at < field.End)
        {
            var length = input[at..field.End].IndexOfAny((byte)'%', (byte)'+');
            var stop = length < 0 ? field.End : at + length;
            var control = input[at..stop].IndexOfAnyInRange((byte)0, (byte)0x1F);
            if (control >= 0 && fault < 0 && !IsFinalBreak(input, at + control))
            {
                fault = at + control;
            }

            output.Copy(input[at..stop], at);
            at = stop;
            if (at == field.End)
            {
                return;
            }

            if (input[at] == '+')
            {
                output.Put((byte)' ', at++, 1);
            }
            else if (Ascii.HexPair(input[..field.End], at + 1) is >= 0 and var value)
            {
                output.Put((byte)value, at, Escape);
                at += Escape;
            }
            else
            {
                fault = fault < 0 ? at : fault;
                output.Put(input[at], at++, 1);
            }
        }
    }

    // Many clients end a form with a line break.
    private static bool IsFinalBreak(ReadOnlySpan<byte> input, int at) => !input[at..].ContainsAnyExcept((byte)'\r', (byte)'\n');
}
