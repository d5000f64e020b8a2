namespace Postern.Engine.Views;

/// <summary>
/// Percent-encoding, including %uXXXX, to the end of all passes at once: whenever the last bytes written form an escape
/// again they are replaced in place, so any number of layers costs one pass. A plus sign stays a plus sign.
/// </summary>
internal static class PercentDecoder
{
    private const int Escape = 3;
    private const int WideEscape = 6;

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        var rewriter = new Rewriter(input, output);
        var floor = 0;
        var from = 0;
        while (from < input.Length && input[from..].IndexOf((byte)'%') is >= 0 and var offset)
        {
            var at = from + offset;
            var end = at;
            if (IsEscape(input, at) && parent.IsNew(at, at + Escape))
            {
                var start = IslandStart(input, at, floor);
                rewriter.Begin(start);
                end = DecodeIsland(input, start, output);
                rewriter.End(end);
                floor = end;
            }

            from = Math.Max(end, at + 1);
        }

        rewriter.Finish();
    }

    private static bool IsEscape(ReadOnlySpan<byte> input, int at) =>
        input[at] == '%'
        && (Ascii.HexPair(input, at + 1) >= 0
            || (at + 1 < input.Length && (input[at + 1] | 0x20) == 'u' && Ascii.Hex(input, at + 2, 4) >= 0));

    // What stands before the first whole escape may become part of one: in %%341 the 34 is the 4 of %41.
    private static int IslandStart(ReadOnlySpan<byte> input, int at, int floor)
    {
        while (true)
        {
            if (at > floor && input[at - 1] == '%')
            {
                at--;
            }
            else if (at > floor + 1 && Ascii.IsHex(input[at - 1]) && input[at - 2] == '%')
            {
                at -= 2;
            }
            else
            {
                return at;
            }
        }
    }

    private static int DecodeIsland(ReadOnlySpan<byte> input, int at, Level output)
    {
        var floor = output.Length;
        while (at < input.Length && (input[at] == '%' || IsPending(output.Bytes[floor..])))
        {
            if (!output.Overflowed && IsEscape(input, at))
            {
                at = PutEscape(input, at, output);
            }
            else
            {
                output.Put(input[at], at, 1);
                at++;
            }

            Collapse(output, floor);
            if (output.Overflowed)
            {
                break;
            }
        }

        return at;
    }

    private static int PutEscape(ReadOnlySpan<byte> input, int at, Level output)
    {
        if (Ascii.HexPair(input, at + 1) is >= 0 and var value)
        {
            output.Introduced |= Ascii.IsAlphanumeric((byte)value);
            output.Put((byte)value, at, Escape);
            return at + Escape;
        }

        Span<byte> utf8 = stackalloc byte[Utf8Writer.MaxLength];
        var length = Utf8Writer.Write(Ascii.Hex(input, at + 2, 4), utf8);
        output.Put(utf8[..length], at, WideEscape);
        return at + WideEscape;
    }

    private static bool IsPending(ReadOnlySpan<byte> written) =>
        (written.Length > 0 && written[^1] == '%')
        || (written.Length > 1 && written[^2] == '%' && Ascii.IsHex(written[^1]))
        || (written.Length > 0 && IsWidePending(written));

    private static bool IsWidePending(ReadOnlySpan<byte> written)
    {
        var from = Math.Max(0, written.Length - WideEscape + 1);
        var mark = written[from..].LastIndexOf((byte)'%');
        if (mark < 0 || from + mark + 1 >= written.Length || (written[from + mark + 1] | 0x20) != 'u')
        {
            return false;
        }

        return !written[(from + mark + 2)..].ContainsAnyExcept(HexDigits.Set);
    }

    // An escape that has just been completed by a decoded digit is decoded in its turn.
    private static void Collapse(Level output, int floor)
    {
        Span<byte> utf8 = stackalloc byte[Utf8Writer.MaxLength];
        while (output.Length - floor >= Escape)
        {
            var written = output.Bytes;
            var length = IsEscapeAtEnd(written[floor..]);
            if (length == 0)
            {
                return;
            }

            var start = written.Length - length;
            var origin = output.Recording ? output.Locate(new ByteRange(start, written.Length)) : default;
            var size = 1;
            if (length == Escape)
            {
                utf8[0] = (byte)Ascii.HexPair(written, start + 1);
            }
            else
            {
                size = Utf8Writer.Write(Ascii.Hex(written, start + 2, 4), utf8);
            }

            output.Introduced |= Ascii.IsAlphanumeric(utf8[0]);
            output.Truncate(start);
            output.Put(utf8[..size], origin.Start, origin.Length);
        }
    }

    private static int IsEscapeAtEnd(ReadOnlySpan<byte> written)
    {
        if (written[^Escape] == '%' && Ascii.HexPair(written, written.Length - 2) >= 0)
        {
            return Escape;
        }

        return written.Length >= WideEscape && written[^WideEscape] == '%' && (written[^(WideEscape - 1)] | 0x20) == 'u'
            && Ascii.Hex(written, written.Length - 4, 4) >= 0 ? WideEscape : 0;
    }
}
