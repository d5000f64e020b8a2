using System.Globalization;
using System.Net;

namespace Postern.Engine.Detection.Destination;

/// <summary>A block of addresses in CIDR form. An IPv4 block is the same as its v4-mapped IPv6 block.</summary>
public readonly record struct IpRange
{
    // Both in 128 bits: 10.0.0.0/8 is ::ffff:10.0.0.0/104. A shorter IPv6 block never reaches into the v4-mapped space.
    // In halves, since code over a value with 128 bits inside is never compiled ahead.
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly byte _bits;

    private IpRange(UInt128 network, int bits)
    {
        (_high, _low) = ((ulong)(network >> 64), (ulong)network);
        _bits = (byte)bits;
    }

    private UInt128 Network => new(_high, _low);

    /// <summary>True for a block of IPv4 addresses.</summary>
    public bool IsIpv4 => _bits >= 96 && AddressBits.IsIpv4(Network);

    /// <summary>The prefix length as written: 1 to 32 for IPv4, 1 to 128 for IPv6; 0 for the default value, which contains nothing.</summary>
    public int PrefixLength => IsIpv4 ? _bits - 96 : _bits;

    /// <summary>
    /// Reads <c>10.0.0.0/8</c>, <c>fd00::/8</c> or a single address. Refused: host bits that are set, zone ids, short or non-decimal
    /// IPv4, and <c>/0</c>, which as an exception would excuse everything.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpRange range)
    {
        range = default;
        var slash = text.IndexOf('/');
        var host = slash < 0 ? text : text[..slash];
        if (!TryParseAddress(host, out var address, out var family))
        {
            return false;
        }

        var prefix = family;
        if (slash >= 0 && (!TryParsePrefix(text[(slash + 1)..], out prefix) || prefix > family))
        {
            return false;
        }

        var bits = 128 - family + prefix;
        var isEveryIpv4 = bits == 96 && AddressBits.IsIpv4(address);
        if (prefix == 0 || isEveryIpv4 || (address & ~Mask(bits)) != 0)
        {
            return false;
        }

        range = new IpRange(address, bits);
        return true;
    }

    /// <summary>True when the address lies in the block. IPv4 and its v4-mapped form are one address.</summary>
    public bool Contains(IPAddress address) => Contains(AddressBits.From(address));

    internal bool Contains(UInt128 address) =>
        _bits != 0 && (address & Mask(_bits)) == Network && (_bits >= 96 || !AddressBits.IsIpv4(address));

    /// <summary>The block as it is written, for example <c>10.0.0.0/8</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{AddressBits.ToAddress(Network)}/{PrefixLength}");

    private static UInt128 Mask(int bits) => bits == 0 ? 0 : UInt128.MaxValue << (128 - bits);

    private static bool TryParseAddress(ReadOnlySpan<char> text, out UInt128 address, out int family)
    {
        (address, family) = (default, 128);
        Span<byte> ascii = stackalloc byte[64];
        if (text.Length > ascii.Length
            || System.Text.Ascii.FromUtf16(text, ascii, out var length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        ascii = ascii[..length];
        if (ascii.Contains((byte)':'))
        {
            return Ipv6Text.TryParse(ascii, out address);
        }

        // Only what formats back to the same text: decimal, four parts, no leading zeros.
        Span<byte> canonical = stackalloc byte[16];
        if (!Ipv4Text.TryParse(ascii, out var ipv4) || !canonical[..Ipv4Text.Format(ipv4, canonical)].SequenceEqual(ascii))
        {
            return false;
        }

        (address, family) = (AddressBits.FromIpv4(ipv4), 32);
        return true;
    }

    private static bool TryParsePrefix(ReadOnlySpan<char> digits, out int prefix)
    {
        prefix = 0;
        return digits.Length is > 0 and <= 3
            && (digits.Length == 1 || digits[0] != '0')
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out prefix);
    }
}
