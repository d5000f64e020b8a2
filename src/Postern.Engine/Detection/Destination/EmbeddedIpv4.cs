namespace Postern.Engine.Detection.Destination;

/// <summary>IPv4 addresses inside IPv6 addresses: where a gateway or tunnel would take the packet in the end.</summary>
internal static class EmbeddedIpv4
{
    /// <summary>Room that <see cref="Find"/> needs.</summary>
    public const int MaxAddresses = 4;

    /// <summary>Writes every embedded address, in v4-mapped form; returns how many.</summary>
    public static int Find(UInt128 address, Span<UInt128> found)
    {
        var count = 0;
        var low = (uint)address;
        var prefix32 = (uint)(address >> 96);
        if (address >> 32 == 0 && address > 1)
        {
            found[count++] = AddressBits.FromIpv4(low); // v4-compatible, RFC 4291 §2.5.5.1
        }
        else if (address >> 32 == new UInt128(0x0064_FF9B_0000_0000, 0) >> 32)
        {
            found[count++] = AddressBits.FromIpv4(low); // NAT64, RFC 6052 §2.1
        }
        else if (address >> 80 == 0x0064_FF9B_0001)
        {
            // Local NAT64, RFC 8215: a /96 below it, or the /48 form of RFC 6052 §2.2, which steps over bits 64 to 71.
            found[count++] = AddressBits.FromIpv4(low);
            found[count++] = AddressBits.FromIpv4(((uint)(address >> 64) << 16) | (ushort)(address >> 40));
        }
        else if (prefix32 >> 16 == 0x2002)
        {
            found[count++] = AddressBits.FromIpv4((uint)(address >> 80)); // 6to4, RFC 3056 §2
        }
        else if (prefix32 == 0x2001_0000)
        {
            found[count++] = AddressBits.FromIpv4((uint)(address >> 64)); // Teredo server, RFC 4380 §4
            found[count++] = AddressBits.FromIpv4(~low); // Teredo client, its bits inverted
        }

        // ISATAP, RFC 5214 §6.1, under any prefix; the universal bit may be set or not.
        if (((uint)(address >> 32) & 0xFDFF_FFFF) == 0x0000_5EFE)
        {
            found[count++] = AddressBits.FromIpv4(low);
        }

        return count;
    }
}
