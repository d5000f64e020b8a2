using System.Numerics;
using System.Runtime.InteropServices;

namespace Postern.Transports.WebSockets;

/// <summary>Masks and unmasks payloads (RFC 6455 §5.3); both are the same exclusive or.</summary>
internal static class FrameMask
{
    /// <summary>Applies <paramref name="key"/>, read from four bytes in memory order, in place.</summary>
    public static void Apply(Span<byte> payload, uint key)
    {
        var wide = ((ulong)key << 32) | key;
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] ^= wide;
        }

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        MemoryMarshal.Write(bytes, key);
        for (var i = words.Length * sizeof(ulong); i < payload.Length; i++)
        {
            payload[i] ^= bytes[i & 3];
        }
    }

    /// <summary>The key as it stands <paramref name="offset"/> bytes into a payload.</summary>
    public static uint At(uint key, long offset)
    {
        var bits = (int)(offset & 3) * 8;
        return BitConverter.IsLittleEndian ? BitOperations.RotateRight(key, bits) : BitOperations.RotateLeft(key, bits);
    }
}
