using System.Text;

namespace Postern.Engine.Views;

/// <summary>
/// Backslash escapes of JSON, JavaScript, C and shells. Several backslashes before an escape are levels of quoting and
/// fall together, so text that was quoted any number of times is read in one pass.
/// </summary>
internal static class EscapeDecoder
{
    private const int MaxOctalDigits = 3;
    private const int MaxBraceDigits = 6;

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        var rewriter = new Rewriter(input, output);
        Span<byte> text = stackalloc byte[Utf8Writer.MaxLength];
        var from = 0;
        while (from < input.Length && input[from..].IndexOf((byte)'\\') is >= 0 and var offset)
        {
            var start = from + offset;
            var letter = start + 1;
            while (letter < input.Length && input[letter] == '\\')
            {
                letter++;
            }

            var end = Read(input, letter, text, out var length);
            if (end == letter && letter - start > 1)
            {
                text[0] = (byte)'\\';
                length = 1;
            }

            if (length >= 0 && parent.IsNew(start, end))
            {
                output.Introduced |= length == 1 && Ascii.IsAlphanumeric(text[0]) || length == 1 && text[0] == '%';
                rewriter.Replace(start, end - start, text[..length]);
            }

            from = end;
        }

        rewriter.Finish();
    }

    /// <summary>
    /// Reads one escape, <paramref name="at"/> being the byte after the backslash, and returns its end;
    /// <paramref name="at"/> itself and a length of -1 when it is none.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> input, int at, Span<byte> text, out int length)
    {
        length = -1;
        if (at >= input.Length)
        {
            return at;
        }

        var letter = input[at];
        if (letter is (byte)'u' or (byte)'U')
        {
            return ReadUnicode(input, at, text, ref length);
        }

        if (letter == 'x')
        {
            return Make(Ascii.HexPair(input, at + 1), at, at + 3, text, ref length);
        }

        if (letter is >= (byte)'0' and <= (byte)'7')
        {
            return ReadOctal(input, at, text, ref length);
        }

        var simple = Simple(letter);
        if (letter is (byte)'\n')
        {
            // A line continuation stands for nothing.
            length = 0;
            return at + 1;
        }

        return Make(simple, at, at + 1, text, ref length);
    }

    private static int Make(int value, int at, int end, Span<byte> text, ref int length)
    {
        if (value < 0)
        {
            return at;
        }

        length = Utf8Writer.Write(value, text);
        return end;
    }

    private static int Simple(byte letter) => letter switch
    {
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'v' => '\v',
        (byte)'a' => '\a',
        (byte)'e' => 0x1B,
        (byte)'"' or (byte)'\'' or (byte)'/' or (byte)'`' or (byte)'$' or (byte)'&' or (byte)'%' => letter,
        _ => -1,
    };

    private static int ReadOctal(ReadOnlySpan<byte> input, int at, Span<byte> text, ref int length)
    {
        var end = at;
        var value = 0;
        while (end < input.Length && end - at < MaxOctalDigits && input[end] is >= (byte)'0' and <= (byte)'7')
        {
            value = (value << 3) | (input[end] - '0');
            end++;
        }

        return Make(value & 0xFF, at, end, text, ref length);
    }

    private static int ReadUnicode(ReadOnlySpan<byte> input, int at, Span<byte> text, ref int length)
    {
        if (at + 1 < input.Length && input[at + 1] == '{')
        {
            return ReadBraces(input, at, text, ref length);
        }

        if (input[at] == 'U')
        {
            return Make(Ascii.Hex(input, at + 1, 8), at, at + 9, text, ref length);
        }

        var first = Ascii.Hex(input, at + 1, 4);
        var next = at + 5;
        if (first is >= 0xD800 and <= 0xDBFF && LowSurrogate(input, next, out var end) is >= 0 and var second)
        {
            return Make(((first - 0xD800) << 10) + (second - 0xDC00) + 0x10000, at, end, text, ref length);
        }

        return Make(first, at, next, text, ref length);
    }

    private static int LowSurrogate(ReadOnlySpan<byte> input, int at, out int end)
    {
        var letter = at;
        while (letter < input.Length && input[letter] == '\\')
        {
            letter++;
        }

        end = letter + 5;
        return letter > at && letter < input.Length && input[letter] == 'u'
            && Ascii.Hex(input, letter + 1, 4) is >= 0xDC00 and <= 0xDFFF and var low ? low : -1;
    }

    private static int ReadBraces(ReadOnlySpan<byte> input, int at, Span<byte> text, ref int length)
    {
        var digits = 0;
        var value = 0;
        while (digits < MaxBraceDigits && Ascii.Hex(input, at + 2 + digits, 1) is >= 0 and var digit)
        {
            value = (value << 4) | digit;
            digits++;
        }

        var close = at + 2 + digits;
        return digits > 0 && close < input.Length && input[close] == '}' ? Make(value, at, close + 1, text, ref length) : at;
    }
}
