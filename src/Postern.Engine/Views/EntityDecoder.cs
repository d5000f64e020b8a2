namespace Postern.Engine.Views;

/// <summary>
/// HTML character references, numeric and common named ones, with or without the semicolon where browsers allow it. A
/// reference that was itself escaped, any number of times, is followed to its end in one pass.
/// </summary>
internal static class EntityDecoder
{
    private const int MaxDigits = 10;

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        var rewriter = new Rewriter(input, output);
        Span<byte> text = stackalloc byte[Utf8Writer.MaxLength];
        var from = 0;
        while (from < input.Length && input[from..].IndexOf((byte)'&') is >= 0 and var offset)
        {
            var start = from + offset;
            var end = Read(input, start, out var code);
            if (end > start && parent.IsNew(start, end))
            {
                output.Introduced |= code < 0x80 && (Ascii.IsAlphanumeric((byte)code) || code is '%' or '\\');
                rewriter.Replace(start, end - start, text[..Utf8Writer.Write(code, text)]);
            }

            from = Math.Max(end, start + 1);
        }

        rewriter.Finish();
    }

    /// <summary>Reads one reference at an ampersand and returns its end, or <paramref name="at"/> when it is none.</summary>
    public static int Read(ReadOnlySpan<byte> input, int at, out int code)
    {
        var end = at;
        code = '&';
        var name = at + 1;
        while (true)
        {
            var next = ReadOne(input, name, out var found);
            if (next == name)
            {
                return end;
            }

            code = found;
            end = next;
            if (found != '&')
            {
                return end;
            }

            name = next;
        }
    }

    private static int ReadOne(ReadOnlySpan<byte> input, int at, out int code)
    {
        code = -1;
        if (at >= input.Length)
        {
            return at;
        }

        if (input[at] == '#')
        {
            return ReadNumber(input, at, out code);
        }

        var end = at;
        while (end < input.Length && end - at <= EntityNames.MaxLength && Ascii.IsAlphanumeric(input[end]))
        {
            end++;
        }

        if (end < input.Length && input[end] == ';' && end > at)
        {
            code = EntityNames.Find(input[at..end]);
            return code < 0 ? at : end + 1;
        }

        return ReadBareName(input, at, out code);
    }

    // The references that browsers read without a semicolon and that matter here.
    private static int ReadBareName(ReadOnlySpan<byte> input, int at, out int code)
    {
        (code, var length) = input[at..] switch
        {
            [(byte)'a' or (byte)'A', (byte)'m' or (byte)'M', (byte)'p' or (byte)'P', ..] => ('&', 3),
            [(byte)'l' or (byte)'L', (byte)'t' or (byte)'T', ..] => ('<', 2),
            [(byte)'g' or (byte)'G', (byte)'t' or (byte)'T', ..] => ('>', 2),
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t', ..] => ('"', 4),
            [(byte)'n', (byte)'b', (byte)'s', (byte)'p', ..] => (0xA0, 4),
            [(byte)'s', (byte)'h', (byte)'y', ..] => (0xAD, 3),
            _ => (-1, 0),
        };
        return at + length;
    }

    private static int ReadNumber(ReadOnlySpan<byte> input, int at, out int code)
    {
        code = -1;
        var digit = at + 1;
        var hex = digit < input.Length && (input[digit] | 0x20) == 'x';
        if (hex)
        {
            digit++;
        }

        var end = digit;
        long value = 0;
        while (end < input.Length && (hex ? Ascii.IsHex(input[end]) : Ascii.IsDigit(input[end])))
        {
            if (end - digit < MaxDigits || value == 0)
            {
                value = (value * (hex ? 16 : 10)) + Ascii.HexValue(input[end]);
                value = Math.Min(value, int.MaxValue);
            }

            end++;
        }

        if (end == digit)
        {
            return at;
        }

        code = (int)Math.Min(value, int.MaxValue);
        return end < input.Length && input[end] == ';' ? end + 1 : end;
    }
}
