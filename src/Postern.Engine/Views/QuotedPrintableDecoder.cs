using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// Quoted-printable (RFC 2045 §6.7) wherever it stands: words with at least two escapes of characters that are seen, and soft
/// line breaks. One escape alone is what every query string has.
/// </summary>
internal static class QuotedPrintableDecoder
{
    private const int Escape = 3;
    private const int MaxDistance = 64;

    // What ends a word of escapes; the ampersand makes it a query.
    private static readonly SearchValues<byte> s_ends = SearchValues.Create(" \t\r\n\"'<>&?;"u8);

    private static readonly SearchValues<byte> s_fieldName = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"u8);

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        var rewriter = new Rewriter(input, output);
        var previous = -1;
        var from = 0;
        while (from < input.Length && input[from..].IndexOf((byte)'=') is >= 0 and var offset)
        {
            var at = from + offset;
            from = at + 1;
            if (Value(input, at) is >= 0 and var value)
            {
                from = at + Escape;
                if ((previous == at || IsFollowed(input, from)) && parent.IsNew(at, from))
                {
                    output.Introduced |= Ascii.IsAlphanumeric((byte)value) || value is '%' or '\\' or '&';
                    rewriter.Replace(at, Escape, [(byte)value]);
                }

                previous = NextEscape(input, from);
            }
            else if (QuotedPrintable.SoftBreakEnd(input, at + 1) is > 0 and var end)
            {
                if (at > 0 && end < input.Length && input[at - 1] != '=' && input[end] > ' ' && !IsFieldName(input[end..]) && parent.IsNew(at, end))
                {
                    rewriter.Replace(at, end - at, []);
                }

                from = end;
            }
        }

        rewriter.Finish();
    }

    private static int Value(ReadOnlySpan<byte> input, int at) => Ascii.HexPair(input, at + 1) is >= 0x20 and not 0x7F and var value ? value : -1;

    private static bool IsFollowed(ReadOnlySpan<byte> input, int at) =>
        NextEscape(input, at) is >= 0 and var next && (Value(input, next) >= 0 || QuotedPrintable.SoftBreakEnd(input, next + 1) > 0);

    // Behind a header's last value the next line is a field of its own, and the equals sign pads base64.
    private static bool IsFieldName(ReadOnlySpan<byte> line)
    {
        var near = line[..Math.Min(line.Length, MaxDistance)];
        return near.IndexOf((byte)':') is > 0 and var colon && !near[..colon].ContainsAnyExcept(s_fieldName);
    }

    // The next equals sign in the same word, or -1.
    private static int NextEscape(ReadOnlySpan<byte> input, int at)
    {
        var near = input[at..Math.Min(input.Length, at + MaxDistance)];
        var next = near.IndexOf((byte)'=');
        return next < 0 || near[..next].ContainsAny(s_ends) ? -1 : at + next;
    }
}
