using System.Buffers.Binary;
using System.Text;
using Postern.Transports.WebSockets;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>Frames as any peer could build them, right or wrong; written apart from the product's writer.</summary>
internal static class Frames
{
    private static readonly byte[] s_key = [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] Text(string text, bool masked, bool final = true) => Of(final ? 0x81 : 0x01, Encoding.UTF8.GetBytes(text), masked);

    public static byte[] More(string text, bool masked, bool final) => Of(final ? 0x80 : 0x00, Encoding.UTF8.GetBytes(text), masked);

    public static byte[] Close(int code, string reason, bool masked) =>
        Of(0x88, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)], masked);

    public static byte[] Of(int first, byte[] payload, bool masked)
    {
        var length = payload.Length <= 125 ? [(byte)payload.Length]
            : payload.Length <= ushort.MaxValue ? new byte[] { 126, (byte)(payload.Length >> 8), (byte)payload.Length } : Long(payload.Length);
        return Head(first, length, payload, masked);
    }

    /// <summary>A frame whose length field is written as given.</summary>
    public static byte[] Head(int first, byte[] length, byte[] payload, bool masked)
    {
        var frame = new List<byte> { (byte)first };
        frame.AddRange(length);
        if (!masked)
        {
            return [.. frame, .. payload];
        }

        frame[1] |= 0x80;
        return [.. frame, .. s_key, .. payload.Select((b, i) => (byte)(b ^ s_key[i % 4]))];
    }

    /// <summary>What a reader makes of <paramref name="bytes"/> fed in the given portions, one line per piece.</summary>
    public static string Transcript(SocketPeer from, int max, params ReadOnlyMemory<byte>[] portions) => Transcript(from, max, null, portions);

    /// <summary>The same, of a side that may compress.</summary>
    public static string Transcript(SocketPeer from, int max, MessageInflater? inflater, ReadOnlyMemory<byte>[] portions)
    {
        using var reader = new FrameReader(from, max, inflater);
        var lines = new List<string>();
        foreach (var portion in portions)
        {
            reader.Feed(portion.Span);
            while (reader.TryNext(out var piece))
            {
                lines.Add(Line(piece));
            }
        }

        return string.Join('|', lines);
    }

    private static byte[] Long(long length)
    {
        var bytes = new byte[9];
        bytes[0] = 127;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), length);
        return bytes;
    }

    private static string Line(in SocketPiece piece) => piece switch
    {
        { Fault: not SocketFault.None } => "!" + piece.Fault,
        { Opcode: SocketOpcode.Close } => $"Close {piece.CloseCode} {Encoding.UTF8.GetString(piece.Payload)}",
        { Opcode: SocketOpcode.Binary } => "Binary " + Convert.ToHexString(piece.Payload),
        _ => piece.Opcode + " " + Encoding.UTF8.GetString(piece.Payload),
    };
}
