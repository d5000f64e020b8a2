using System.Buffers;
using Postern.Engine.Detection.Destination.Idna;

namespace Postern.Engine.Detection.Destination;

/// <summary>The steps from a raw host to a canonical one.</summary>
internal static class HostReader
{
    // Percent-encoding triples a name and UTF-8 may quadruple it; longer than this cannot become 253 bytes.
    private const int MaxRawBytes = 1024;
    private const int MaxLabelBytes = 63; // RFC 1035 §2.3.4

    private static readonly SearchValues<byte> s_nameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."u8);

    public static bool TryRead(ReadOnlySpan<byte> text, out CanonicalHost host, out UrlFault fault)
    {
        host = default;
        if (text.IsEmpty || text.Length > MaxRawBytes)
        {
            fault = text.IsEmpty ? UrlFault.Empty : UrlFault.BadHost;
            return false;
        }

        if (text[0] == (byte)'[')
        {
            return TryReadBracketed(text, out host, out fault);
        }

        return text.ContainsAnyExcept(s_nameBytes) || HasPunycode(text)
            ? TryReadEncoded(text, out host, out fault)
            : TryReadAscii(text, out host, out fault);
    }

    private static bool TryReadBracketed(ReadOnlySpan<byte> text, out CanonicalHost host, out UrlFault fault)
    {
        host = default;
        if (text[^1] != (byte)']' || !Ipv6Text.TryParse(text[1..^1], out var address))
        {
            fault = UrlFault.BadIpv6;
            return false;
        }

        fault = UrlFault.None;
        host = FromAddress(address);
        return true;
    }

    private static bool TryReadEncoded(ReadOnlySpan<byte> text, out CanonicalHost host, out UrlFault fault)
    {
        host = default;
        fault = UrlFault.BadHost;
        Span<byte> decoded = stackalloc byte[MaxRawBytes];
        if (!TryPercentDecode(text, decoded, out var length))
        {
            return false;
        }

        decoded = decoded[..length];
        if (!decoded.ContainsAnyInRange((byte)0x80, (byte)0xFF) && !HasPunycode(decoded))
        {
            return TryReadAscii(decoded, out host, out fault);
        }

        // One byte of room more than the longest host: the trailing dot is dropped after the conversion.
        Span<byte> ascii = stackalloc byte[CanonicalHost.MaxBytes + 1];
        return DomainToAscii.TryConvert(decoded, ascii, out var written) && TryReadAscii(ascii[..written], out host, out fault);
    }

    private static bool TryReadAscii(ReadOnlySpan<byte> text, out CanonicalHost host, out UrlFault fault)
    {
        host = default;
        fault = UrlFault.BadHost;
        if (!text.IsEmpty && text[^1] == (byte)'.')
        {
            text = text[..^1];
        }

        if (text.IsEmpty || text.ContainsAnyExcept(s_nameBytes))
        {
            return false;
        }

        if (Ipv4Text.EndsInNumber(text))
        {
            if (!Ipv4Text.TryParse(text, out var ipv4))
            {
                fault = UrlFault.BadIpv4;
                return false;
            }

            fault = UrlFault.None;
            host = FromAddress(AddressBits.FromIpv4(ipv4));
            return true;
        }

        if (text.Length > CanonicalHost.MaxBytes || !HasGoodLabels(text))
        {
            return false;
        }

        var bytes = default(HostBytes);
        System.Text.Ascii.ToLower(text, bytes, out var length);
        host = new CanonicalHost(bytes, length, HostKind.Name, default);
        fault = UrlFault.None;
        return true;
    }

    internal static CanonicalHost FromAddress(UInt128 address)
    {
        var bytes = default(HostBytes);
        var isIpv4 = AddressBits.IsIpv4(address);
        var length = isIpv4 ? Ipv4Text.Format((uint)address, bytes) : Ipv6Text.Format(address, bytes);
        return new CanonicalHost(bytes, length, isIpv4 ? HostKind.Ipv4 : HostKind.Ipv6, address);
    }

    private static bool HasGoodLabels(ReadOnlySpan<byte> name)
    {
        while (true)
        {
            var dot = name.IndexOf((byte)'.');
            var length = dot < 0 ? name.Length : dot;
            if (length is 0 or > MaxLabelBytes)
            {
                return false;
            }

            if (dot < 0)
            {
                return true;
            }

            name = name[(dot + 1)..];
        }
    }

    private static bool HasPunycode(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf("--"u8); at >= 0;)
        {
            var start = at - 2;
            if (start >= 0 && (text[start] | 0x20) == 'x' && (text[start + 1] | 0x20) == 'n' && (start == 0 || text[start - 1] == (byte)'.'))
            {
                return true;
            }

            var next = text[(at + 1)..].IndexOf("--"u8);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static bool TryPercentDecode(ReadOnlySpan<byte> text, Span<byte> decoded, out int length)
    {
        length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var value = text[i];
            if (value == (byte)'%')
            {
                if (!PercentText.TryReadByte(text[i..], out value))
                {
                    return false;
                }

                i += 2;
            }

            decoded[length++] = value;
        }

        return true;
    }
}
