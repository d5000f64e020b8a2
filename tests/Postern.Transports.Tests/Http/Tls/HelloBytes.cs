using System.Buffers.Binary;
using System.Text;

namespace Postern.Transports.Tests.Http.Tls;

/// <summary>Builds ClientHello bytes field by field, right or wrong.</summary>
internal static class HelloBytes
{
    public static byte[] Extension(ushort type, byte[] value) => [.. U16(type), .. V16(value)];

    public static byte[] ServerName(string name) => Extension(0, V16([0, .. V16(Encoding.Latin1.GetBytes(name))]));

    public static byte[] Alpn(params string[] names) =>
        Extension(16, V16([.. names.SelectMany(name => V8(Encoding.Latin1.GetBytes(name)))]));

    /// <summary>The handshake message; null extensions leaves the field out altogether.</summary>
    public static byte[] Message(params byte[][]? extensions)
    {
        byte[] body =
        [
            3, 3,
            .. new byte[32],
            .. V8(new byte[32]),
            .. V16([0x1A, 0x1A, 0x13, 0x01, 0xC0, 0x2B]),
            .. V8([0]),
            .. extensions is null ? [] : V16([.. extensions.SelectMany(extension => extension)]),
        ];
        return Handshake(1, body);
    }

    public static byte[] Handshake(byte type, byte[] body) =>
        [type, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];

    /// <summary>The message in records of at most so many bytes.</summary>
    public static byte[] Records(byte[] message, int size = 1 << 14) => [.. message.Chunk(size).SelectMany(Record)];

    public static byte[] Record(byte[] fragment) => [22, 3, 1, .. V16(fragment)];

    public static byte[] V8(byte[] value) => [(byte)value.Length, .. value];

    public static byte[] V16(byte[] value) => [.. U16((ushort)value.Length), .. value];

    private static byte[] U16(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}
