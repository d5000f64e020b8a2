using System.Globalization;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Destination;

/// <summary>IPv6 without brackets (RFC 4291 §2.2). Zone ids are refused: they name an interface of this machine.</summary>
internal static class Ipv6Text
{
    private const int Pieces = 8;

    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = default;
        Span<ushort> pieces = stackalloc ushort[Pieces];
        var count = 0;
        var gap = -1;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            if (count == Pieces)
            {
                return false;
            }

            var digits = 0;
            while (digits < text.Length && digits < 4 && Ascii.HexValue(text[digits]) is >= 0 and var digit)
            {
                pieces[count] = (ushort)((pieces[count] << 4) | digit);
                digits++;
            }

            if (digits < text.Length && text[digits] == (byte)'.')
            {
                if (count > Pieces - 2 || !TryParseTail(text, pieces[count..]))
                {
                    return false;
                }

                count += 2;
                break;
            }

            if (digits == 0)
            {
                return false;
            }

            count++;
            text = text[digits..];
            if (!TrySkipColon(ref text, ref gap, count))
            {
                return false;
            }
        }

        return TryJoin(pieces, count, gap, out address);
    }

    /// <summary>Writes the form of RFC 5952 §4; up to 39 bytes.</summary>
    public static int Format(UInt128 address, Span<byte> text)
    {
        Span<ushort> pieces = stackalloc ushort[Pieces];
        for (var i = 0; i < Pieces; i++)
        {
            pieces[i] = (ushort)(address >> (112 - (16 * i)));
        }

        var (gap, gapLength) = LongestZeroRun(pieces);
        var length = 0;
        for (var i = 0; i < Pieces; i++)
        {
            if (i == gap)
            {
                "::"u8.CopyTo(text[length..]);
                length += 2;
                i += gapLength - 1;
                continue;
            }

            if (length > 0 && text[length - 1] != (byte)':')
            {
                text[length++] = (byte)':';
            }

            pieces[i].TryFormat(text[length..], out var written, "x", CultureInfo.InvariantCulture);
            length += written;
        }

        return length;
    }

    private static bool TrySkipColon(ref ReadOnlySpan<byte> text, ref int gap, int count)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] != (byte)':' || text.Length == 1)
        {
            return false;
        }

        text = text[1..];
        if (text[0] != (byte)':')
        {
            return true;
        }

        if (gap >= 0)
        {
            return false;
        }

        gap = count;
        text = text[1..];
        return true;
    }

    // The last 32 bits as dotted decimal: exactly four parts, no leading zeros, no other base.
    private static bool TryParseTail(ReadOnlySpan<byte> text, Span<ushort> pieces)
    {
        var value = 0u;
        for (var part = 0; part < 4; part++)
        {
            var dot = text.IndexOf((byte)'.');
            var digits = dot < 0 ? text : text[..dot];
            if (dot < 0 != (part == 3)
                || digits.Length is 0 or > 3
                || (digits.Length > 1 && digits[0] == (byte)'0')
                || !byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }

            value = (value << 8) | octet;
            text = text[(dot + 1)..];
        }

        pieces[0] = (ushort)(value >> 16);
        pieces[1] = (ushort)value;
        return true;
    }

    private static bool TryJoin(ReadOnlySpan<ushort> pieces, int count, int gap, out UInt128 address)
    {
        address = default;
        if (gap < 0 ? count != Pieces : count >= Pieces)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            var place = gap >= 0 && i >= gap ? Pieces - count + i : i;
            address |= (UInt128)pieces[i] << (112 - (16 * place));
        }

        return true;
    }

    private static (int Start, int Length) LongestZeroRun(ReadOnlySpan<ushort> pieces)
    {
        var (best, bestLength) = (-1, 1); // a single zero piece is written out, RFC 5952 §4.2.2
        for (var i = 0; i < pieces.Length; i++)
        {
            var end = i;
            while (end < pieces.Length && pieces[end] == 0)
            {
                end++;
            }

            if (end - i > bestLength)
            {
                (best, bestLength) = (i, end - i);
            }

            i = Math.Max(i, end - 1);
        }

        return (best, bestLength);
    }
}
