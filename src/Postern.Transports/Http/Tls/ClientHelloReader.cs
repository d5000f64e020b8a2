using System.Buffers;
using System.Buffers.Binary;

namespace Postern.Transports.Http.Tls;

/// <summary>
/// Reads the ClientHello out of the first bytes of a connection, without consuming them. Called again with the whole buffer
/// whenever it has grown; the answer does not depend on how the bytes arrived. The hello may be spread over several records.
/// </summary>
internal static class ClientHelloReader
{
    /// <summary>Bytes looked at, at most; a hello that does not fit is malformed. Real ones are 200 to 2,000 bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int RecordHeaderBytes = 5;
    private const int HandshakeHeaderBytes = 4;
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const int MaxRecordBytes = 1 << 14;

    /// <summary>Reads as far as the bytes go.</summary>
    /// <param name="bytes">Everything received so far.</param>
    /// <param name="hello">Set when <see cref="ClientHelloStatus.Done"/>.</param>
    public static ClientHelloStatus Read(ReadOnlySpan<byte> bytes, out ClientHello? hello)
    {
        hello = null;
        if (bytes.IsEmpty)
        {
            return ClientHelloStatus.NeedMore;
        }

        if (bytes[0] != HandshakeRecord)
        {
            return ClientHelloStatus.NotTls;
        }

        var full = bytes.Length >= MaxBytes;
        var joined = ArrayPool<byte>.Shared.Rent(MaxBytes);
        try
        {
            var status = Join(full ? bytes[..MaxBytes] : bytes, joined, out var length);
            if (status == ClientHelloStatus.Done)
            {
                return ClientHelloBody.TryRead(joined.AsSpan(HandshakeHeaderBytes, length - HandshakeHeaderBytes), out hello)
                    ? ClientHelloStatus.Done
                    : ClientHelloStatus.Malformed;
            }

            return full && status == ClientHelloStatus.NeedMore ? ClientHelloStatus.Malformed : status;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    // Collects the handshake bytes of the records until the message that they announce is complete.
    private static ClientHelloStatus Join(ReadOnlySpan<byte> bytes, Span<byte> joined, out int length)
    {
        length = 0;
        var announced = 0;
        while (true)
        {
            if (!TryRecord(bytes, out var recordBytes, out var complete))
            {
                return complete ? ClientHelloStatus.Malformed : ClientHelloStatus.NeedMore;
            }

            var fragment = bytes.Slice(RecordHeaderBytes, Math.Min(recordBytes, bytes.Length - RecordHeaderBytes));
            fragment.CopyTo(joined[length..]);
            length += fragment.Length;
            announced += recordBytes;
            var status = Measure(joined[..length], announced);
            if (status != ClientHelloStatus.NeedMore || fragment.Length < recordBytes)
            {
                return status;
            }

            bytes = bytes[(RecordHeaderBytes + recordBytes)..];
        }
    }

    // False with complete: the header is wrong. False without: it is not all there yet.
    private static bool TryRecord(ReadOnlySpan<byte> bytes, out int recordBytes, out bool complete)
    {
        recordBytes = 0;
        // Whatever is there is checked at once, so that a wrong byte is not waited on.
        complete = (bytes.Length > 0 && bytes[0] != HandshakeRecord) || (bytes.Length > 1 && bytes[1] != 3);
        if (complete || bytes.Length < RecordHeaderBytes)
        {
            return false;
        }

        complete = true;
        recordBytes = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        // RFC 8446 §5.1: handshake records are never empty.
        return recordBytes is > 0 and <= MaxRecordBytes;
    }

    private static ClientHelloStatus Measure(ReadOnlySpan<byte> message, int announced)
    {
        if (message.Length > 0 && message[0] != ClientHelloMessage)
        {
            return ClientHelloStatus.Malformed;
        }

        if (message.Length < HandshakeHeaderBytes)
        {
            return ClientHelloStatus.NeedMore;
        }

        var whole = HandshakeHeaderBytes + ((message[1] << 16) | (message[2] << 8) | message[3]);
        // Nothing may share the last record with the hello: a second message there would be read differently by different peers.
        if (whole > MaxBytes || announced > whole)
        {
            return ClientHelloStatus.Malformed;
        }

        return message.Length == whole ? ClientHelloStatus.Done : ClientHelloStatus.NeedMore;
    }
}
