using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Postern.Transports.WebSockets;

/// <summary>Writes frames: always final, with the shortest length, masked on the way to a server.</summary>
internal static class FrameWriter
{
    /// <summary>Room that a frame needs at most.</summary>
    public static int MaxFrameBytes(int payloadBytes) => FrameHead.MaxBytes + payloadBytes;

    /// <summary>The first byte of a frame that is a whole message.</summary>
    public static byte First(SocketOpcode opcode, bool isDeflated = false) => (byte)(0x80 | (isDeflated ? FrameHead.Deflated : 0) | (byte)opcode);

    /// <summary>Writes one frame.</summary>
    /// <param name="destination">At least <see cref="MaxFrameBytes"/>.</param>
    /// <param name="first">Its first byte: the end of a message, an opcode, and whether it is compressed.</param>
    /// <param name="payload">The bytes, unmasked.</param>
    /// <param name="mask">The masking key; null for a server's frame.</param>
    /// <returns>Length of the frame.</returns>
    public static int Write(Span<byte> destination, byte first, ReadOnlySpan<byte> payload, uint? mask)
    {
        destination[0] = first;
        var head = 2;
        switch (payload.Length)
        {
            case <= FrameHead.MaxShortPayload:
                destination[1] = (byte)payload.Length;
                break;
            case <= ushort.MaxValue:
                destination[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payload.Length);
                head = 4;
                break;
            default:
                destination[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(destination[2..], (ulong)payload.Length);
                head = 10;
                break;
        }

        if (mask is { } key)
        {
            destination[1] |= 0x80;
            MemoryMarshal.Write(destination[head..], key);
            head += sizeof(uint);
        }

        var body = destination.Slice(head, payload.Length);
        payload.CopyTo(body);
        if (mask is { } again)
        {
            FrameMask.Apply(body, again);
        }

        return head + payload.Length;
    }
}
