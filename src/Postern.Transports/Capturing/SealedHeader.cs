using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Postern.Transports.Capturing;

/// <summary>How a file of captures begins. The key of its frames is derived from all of these bytes, so none can be changed.</summary>
/// <param name="Run">Sixteen random bytes of the run that wrote it.</param>
/// <param name="Number">Which file of the run, from 1.</param>
/// <param name="KeyId">Whom it is sealed to.</param>
/// <param name="Ephemeral">The public half of the key that was made for this file and forgotten.</param>
internal readonly record struct SealedHeader(ReadOnlyMemory<byte> Run, int Number, ReadOnlyMemory<byte> KeyId, ECPoint Ephemeral)
{
    public const int RunBytes = 16;
    public const int KeyIdBytes = 8;

    /// <summary>All of it: magic, run, number, key, point.</summary>
    public const int Bytes = 8 + RunBytes + sizeof(int) + KeyIdBytes + (2 * CoordinateBytes);

    private const int CoordinateBytes = 32;

    private static ReadOnlySpan<byte> Magic => "PSTNCAP1"u8;

    public byte[] Write()
    {
        var number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, Number);
        return [.. Magic, .. Run.Span, .. number, .. KeyId.Span, .. Ephemeral.X!, .. Ephemeral.Y!];
    }

    /// <summary>Null for bytes that are no such header.</summary>
    public static SealedHeader? Read(ReadOnlyMemory<byte> header)
    {
        if (header.Length != Bytes || !header.Span.StartsWith(Magic))
        {
            return null;
        }

        var rest = header[Magic.Length..];
        var number = BinaryPrimitives.ReadInt32BigEndian(rest.Span[RunBytes..]);
        var point = rest[(RunBytes + sizeof(int) + KeyIdBytes)..];
        return new SealedHeader(rest[..RunBytes], number, rest.Slice(RunBytes + sizeof(int), KeyIdBytes),
            new ECPoint { X = point[..CoordinateBytes].ToArray(), Y = point[CoordinateBytes..].ToArray() });
    }
}
