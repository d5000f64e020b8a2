using System.Buffers.Binary;
using System.Net;

namespace Postern.Engine.Detection.Destination;

/// <summary>Addresses as 128-bit numbers, IPv4 as v4-mapped IPv6 (RFC 4291 §2.5.5.2), so that one table and one comparison serve both.</summary>
internal static class AddressBits
{
    private static readonly UInt128 s_mapped = new(0, 0xFFFF_0000_0000);

    public static UInt128 FromIpv4(uint address) => s_mapped | address;

    public static bool IsIpv4(UInt128 address) => address >> 32 == s_mapped >> 32;

    /// <summary>The scope id is dropped: every address that can have one is refused anyway.</summary>
    public static UInt128 From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return written == 4 ? FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static IPAddress ToAddress(UInt128 address)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new IPAddress(IsIpv4(address) ? bytes[12..] : bytes);
    }
}
