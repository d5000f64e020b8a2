using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Postern.Transports.Dns;

/// <summary>The bytes of an answer: the question again, the addresses of its kind, and EDNS where it was spoken.</summary>
internal static class DnsAnswer
{
    private const int HeaderBytes = 12;
    private const int EdnsBytes = 11;

    // No longer than the resolver remembers: what was judged is what is dialled.
    private const uint TimeToLiveSeconds = 10;

    /// <summary>Writes an answer that is not longer than <paramref name="maxBytes"/>; one that had to leave addresses out says so.</summary>
    /// <param name="query">What is answered.</param>
    /// <param name="code">How.</param>
    /// <param name="addresses">The judged addresses; those of the kind that was asked for are in the answer.</param>
    /// <param name="maxBytes">At least 512.</param>
    public static byte[] Of(DnsQuery query, DnsCode code, IReadOnlyList<IPAddress> addresses, int maxBytes)
    {
        var family = query.Type switch { DnsQuery.Ipv4 => AddressFamily.InterNetwork, DnsQuery.Ipv6 => AddressFamily.InterNetworkV6, _ => AddressFamily.Unspecified };
        var fitting = addresses.Where(address => address.AddressFamily == family).ToArray();
        var recordBytes = 12 + (family == AddressFamily.InterNetwork ? 4 : 16);
        var room = maxBytes - HeaderBytes - query.Question.Length - (query.HasEdns ? EdnsBytes : 0);
        var count = Math.Min(fitting.Length, room / recordBytes);
        var bytes = new byte[HeaderBytes + query.Question.Length + (count * recordBytes) + (query.HasEdns ? EdnsBytes : 0)];
        WriteHeader(bytes, query, code, (count, count < fitting.Length));
        query.Question.Span.CopyTo(bytes.AsSpan(HeaderBytes));
        var rest = bytes.AsSpan(HeaderBytes + query.Question.Length);
        foreach (var address in fitting.AsSpan(0, count))
        {
            WriteRecord(rest, query.Type, address);
            rest = rest[recordBytes..];
        }

        if (query.HasEdns)
        {
            rest[2] = 41;
            BinaryPrimitives.WriteUInt16BigEndian(rest[3..], DnsReader.MaxDatagramBytes);
            rest[5] = (byte)((int)code >> 4);
        }

        return bytes;
    }

    private static void WriteHeader(Span<byte> bytes, DnsQuery query, DnsCode code, (int Count, bool IsCut) answers)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, query.Id);
        bytes[2] = (byte)(0x80 | (query.Opcode << 3) | (answers.IsCut ? 2 : 0) | (query.WantsRecursion ? 1 : 0));
        bytes[3] = (byte)(0x80 | ((int)code & 0xF));
        bytes[5] = (byte)(query.Question.IsEmpty ? 0 : 1);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)answers.Count);
        bytes[11] = (byte)(query.HasEdns ? 1 : 0);
    }

    private static void WriteRecord(Span<byte> record, ushort type, IPAddress address)
    {
        // The name is that of the question, which begins behind the header.
        BinaryPrimitives.WriteUInt16BigEndian(record, 0xC000 | HeaderBytes);
        BinaryPrimitives.WriteUInt16BigEndian(record[2..], type);
        record[5] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(record[6..], TimeToLiveSeconds);
        address.TryWriteBytes(record[12..], out var length);
        BinaryPrimitives.WriteUInt16BigEndian(record[10..], (ushort)length);
    }
}
