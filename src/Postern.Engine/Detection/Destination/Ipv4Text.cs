using Postern.Engine.Views;

namespace Postern.Engine.Detection.Destination;

/// <summary>IPv4 in every form that URL readers and inet_aton take: one to four parts, decimal, octal and hexadecimal (WHATWG URL §3.5).</summary>
internal static class Ipv4Text
{
    /// <summary>True when the last label is a number: then the host must be an IPv4 address or is none at all.</summary>
    public static bool EndsInNumber(ReadOnlySpan<byte> host)
    {
        var last = host[(host.LastIndexOf((byte)'.') + 1)..];
        return !last.IsEmpty && (!last.ContainsAnyExceptInRange((byte)'0', (byte)'9') || TryParseNumber(last, out _));
    }

    /// <summary>The address, high byte first; false for a bad part, an overflow, or more than four parts.</summary>
    public static bool TryParse(ReadOnlySpan<byte> host, out uint address)
    {
        address = 0;
        ulong value = 0;
        for (var part = 0; part < 4; part++)
        {
            var dot = host.IndexOf((byte)'.');
            if (!TryParseNumber(dot < 0 ? host : host[..dot], out var number))
            {
                return false;
            }

            if (dot < 0)
            {
                // The last part fills all bytes that are left: 4 - part of them.
                var bits = 32 - (8 * part);
                address = (uint)((value << bits) | number);
                return number >> bits == 0;
            }

            if (number > 0xFF)
            {
                return false;
            }

            value = (value << 8) | number;
            host = host[(dot + 1)..];
        }

        return false;
    }

    /// <summary>Writes dotted decimal; up to 15 bytes.</summary>
    public static int Format(uint address, Span<byte> text)
    {
        var length = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            ((byte)(address >> shift)).TryFormat(text[length..], out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
            length += written;
            if (shift > 0)
            {
                text[length++] = (byte)'.';
            }
        }

        return length;
    }

    // Values beyond 32 bits stay there ("saturate"), whatever the number of digits: they only need to be recognised as too large.
    private static bool TryParseNumber(ReadOnlySpan<byte> part, out ulong number)
    {
        number = 0;
        if (part.IsEmpty)
        {
            return false;
        }

        var radix = 10u;
        if (part.Length >= 2 && part[0] == (byte)'0')
        {
            var isHex = (part[1] | 0x20) == 'x';
            radix = isHex ? 16u : 8u;
            part = part[(isHex ? 2 : 1)..];
        }

        foreach (var digit in part)
        {
            var value = Ascii.HexValue(digit);
            if (value < 0 || value >= radix)
            {
                return false;
            }

            number = Math.Min((number * radix) + (uint)value, 1UL << 32);
        }

        return true;
    }
}
