using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Postern.Transports.Dns;

/// <summary>
/// Reads a query. Strict: one question, no answers, nothing behind it but the one record of EDNS. A name in a question has no pointers, so
/// there is none to follow.
/// </summary>
internal static class DnsReader
{
    /// <summary>Bytes of a datagram without EDNS (RFC 1035 §4.2.1).</summary>
    public const int MaxPlainBytes = 512;

    /// <summary>Bytes of a datagram that is answered, and of one that is read (DNS flag day 2020: no fragments).</summary>
    public const int MaxDatagramBytes = 1232;

    private const int HeaderBytes = 12;
    private const int MaxNameBytes = 255;
    private const int MaxLabelBytes = 63;
    private const ushort Internet = 1;
    private const ushort EdnsType = 41;

    private static readonly SearchValues<byte> s_label = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"u8);

    /// <summary>Reads one. False for what is not answered at all: no header, or an answer itself, which answered would make two servers talk for ever.</summary>
    /// <param name="bytes">The whole datagram or frame; kept in the query.</param>
    /// <param name="query">The query, perhaps with a code that says what is wrong.</param>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out DnsQuery? query)
    {
        query = null;
        var span = bytes.Span;
        if (span.Length < HeaderBytes || (span[2] & 0x80) != 0)
        {
            return false;
        }

        query = new DnsQuery(BinaryPrimitives.ReadUInt16BigEndian(span), DnsCode.FormatError)
        {
            Opcode = (span[2] >> 3) & 0xF,
            WantsRecursion = (span[2] & 1) != 0,
        };
        var isQuestion = Count(span, 4) == 1 && Count(span, 6) == 0 && Count(span, 8) == 0 && Count(span, 10) <= 1 && (span[2] & 2) == 0;
        query = query.Opcode != 0 ? query with { Code = DnsCode.NotImplemented } : isQuestion ? ReadQuestion(bytes, query) : query;
        return true;
    }

    private static int Count(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static DnsQuery ReadQuestion(ReadOnlyMemory<byte> bytes, DnsQuery query)
    {
        var span = bytes.Span;
        var labels = new List<string>();
        var at = HeaderBytes;
        while (at < span.Length && span[at] != 0)
        {
            var length = span[at];
            if (length > MaxLabelBytes || at + 1 + length >= span.Length || at + 1 + length - HeaderBytes >= MaxNameBytes || span.Slice(at + 1, length).ContainsAnyExcept(s_label))
            {
                return query;
            }

            labels.Add(Encoding.ASCII.GetString(span.Slice(at + 1, length)));
            at += 1 + length;
        }

        var end = at + 1 + 4;
        if (labels.Count == 0 || end > span.Length)
        {
            return query;
        }

        query = query with { Labels = labels, Question = bytes[HeaderBytes..end], Type = (ushort)Count(span, at + 1) };
        return Count(span, at + 3) != Internet ? query with { Code = DnsCode.NotImplemented } : ReadEdns(span[end..], query, Count(span, 10) == 1);
    }

    private static DnsQuery ReadEdns(ReadOnlySpan<byte> rest, DnsQuery query, bool isAnnounced)
    {
        if (!isAnnounced)
        {
            return rest.IsEmpty ? query with { Code = DnsCode.None } : query;
        }

        // The root, type, longest datagram, extended code, version, flags, length (RFC 6891 §6.1.2). Options are for the next server, and there is none.
        if (rest.Length < 11 || rest[0] != 0 || Count(rest, 1) != EdnsType || rest.Length != 11 + Count(rest, 9))
        {
            return query;
        }

        return query with
        {
            Code = rest[6] == 0 ? DnsCode.None : DnsCode.BadVersion,
            HasEdns = true,
            MaxAnswerBytes = Math.Clamp(Count(rest, 3), MaxPlainBytes, MaxDatagramBytes),
        };
    }
}
