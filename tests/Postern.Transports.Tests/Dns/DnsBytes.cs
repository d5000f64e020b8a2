using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Postern.Transports.Tests.Dns;

/// <summary>Queries byte by byte, right or wrong, and what answers to them say.</summary>
internal static class DnsBytes
{
    /// <summary>The record of EDNS, with the longest datagram and the version.</summary>
    public static byte[] Edns(ushort size = 1232, byte version = 0, params byte[] options) => [0, 0, 41, .. U16(size), 0, version, 0, 0, .. U16((ushort)options.Length), .. options];

    public static byte[] Query(string name, ushort type = 1, ushort @class = 1, byte[]? additional = null) =>
        [.. Header(flags: 0x0100, additional is null ? 0 : 1), .. Name(name), .. U16(type), .. U16(@class), .. additional ?? []];

    public static byte[] Header(ushort flags, int additional = 0, int questions = 1) => [0x12, 0x34, .. U16(flags), 0, (byte)questions, 0, 0, 0, 0, 0, (byte)additional];

    public static byte[] Name(string name) => [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.Latin1.GetBytes(label)]), 0];

    public static int CodeOf(ReadOnlySpan<byte> answer) => answer[3] & 0xF;

    /// <summary>The addresses in an answer to a query with one question.</summary>
    public static List<IPAddress> Addresses(ReadOnlySpan<byte> answer)
    {
        var found = new List<IPAddress>();
        var at = 12;
        while (answer.Length > at && answer[at] != 0)
        {
            at += 1 + answer[at];
        }

        at += 5;
        for (var count = BinaryPrimitives.ReadUInt16BigEndian(answer[6..]); count > 0; count--)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 10)..]);
            found.Add(new IPAddress(answer.Slice(at + 12, length)));
            at += 12 + length;
        }

        return found;
    }

    private static byte[] U16(ushort value) => [(byte)(value >> 8), (byte)value];
}
