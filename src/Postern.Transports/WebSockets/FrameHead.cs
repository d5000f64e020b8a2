using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Postern.Transports.WebSockets;

/// <summary>The head of one frame.</summary>
/// <param name="Opcode">What the frame carries.</param>
/// <param name="IsFinal">True for a message's last frame.</param>
/// <param name="PayloadBytes">Length of the payload; not yet bounded.</param>
/// <param name="Mask">The masking key in memory order; 0, which changes nothing, for a server's frame.</param>
/// <param name="IsDeflated">True for the first frame of a compressed message (RFC 7692 §6).</param>
/// <param name="HeadBytes">Length of the head itself, 2 to 14.</param>
internal readonly record struct FrameHead(SocketOpcode Opcode, bool IsFinal, bool IsDeflated, long PayloadBytes, uint Mask, int HeadBytes)
{
    /// <summary>Longest head: two bytes, eight of length, four of mask.</summary>
    public const int MaxBytes = 14;

    /// <summary>Longest payload of a control frame (RFC 6455 §5.5), and the longest length that needs no more bytes.</summary>
    public const int MaxShortPayload = 125;

    /// <summary>The bit that says that a message is compressed.</summary>
    public const int Deflated = 0x40;

    private const int LengthIn2 = 126;
    private const int LengthIn8 = 127;

    /// <summary>Reads a head. False when bytes are missing, or when <paramref name="fault"/> says what is wrong with those that are there.</summary>
    /// <param name="bytes">What is there.</param>
    /// <param name="from">Who sent it.</param>
    /// <param name="mayDeflate">True when compression was agreed on.</param>
    /// <param name="head">The head.</param>
    /// <param name="fault">What is wrong.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, SocketPeer from, bool mayDeflate, out FrameHead head, out SocketFault fault)
    {
        head = default;
        fault = Judge(bytes, from, mayDeflate);
        if (fault != SocketFault.None || bytes.Length < 2)
        {
            return false;
        }

        var code = bytes[1] & 0x7F;
        var lengthBytes = code switch { LengthIn2 => 2, LengthIn8 => 8, _ => 0 };
        var maskBytes = from == SocketPeer.Client ? 4 : 0;
        var headBytes = 2 + lengthBytes + maskBytes;
        if (bytes.Length < headBytes)
        {
            return false;
        }

        var length = LengthOf(bytes[2..], code, out fault);
        var mask = maskBytes == 0 ? 0 : MemoryMarshal.Read<uint>(bytes[(2 + lengthBytes)..]);
        head = new FrameHead((SocketOpcode)(bytes[0] & 0x0F), (bytes[0] & 0x80) != 0, (bytes[0] & Deflated) != 0, length, mask, headBytes);
        return fault == SocketFault.None;
    }

    /// <summary>True for a frame that may stand inside a fragmented message.</summary>
    public bool IsControl => Opcode >= SocketOpcode.Close;

    /// <summary>What the first two bytes already tell; said before the rest is waited for.</summary>
    private static SocketFault Judge(ReadOnlySpan<byte> bytes, SocketPeer from, bool mayDeflate)
    {
        if (bytes.IsEmpty)
        {
            return SocketFault.None;
        }

        var opcode = (SocketOpcode)(bytes[0] & 0x0F);
        var meant = mayDeflate && opcode is SocketOpcode.Text or SocketOpcode.Binary ? Deflated : 0;
        if ((bytes[0] & 0x70 & ~meant) != 0)
        {
            return SocketFault.ReservedBit;
        }

        if (opcode is > SocketOpcode.Binary and < SocketOpcode.Close or > SocketOpcode.Pong)
        {
            return SocketFault.ReservedOpcode;
        }

        var isControl = opcode >= SocketOpcode.Close;
        if (isControl && (bytes[0] & 0x80) == 0)
        {
            return SocketFault.ControlFragmented;
        }

        if (bytes.Length < 2)
        {
            return SocketFault.None;
        }

        if (isControl && (bytes[1] & 0x7F) > MaxShortPayload)
        {
            return SocketFault.ControlTooLong;
        }

        var isMasked = (bytes[1] & 0x80) != 0;
        return isMasked == (from == SocketPeer.Client) ? SocketFault.None : isMasked ? SocketFault.Masked : SocketFault.Unmasked;
    }

    private static long LengthOf(ReadOnlySpan<byte> bytes, int code, out SocketFault fault)
    {
        fault = SocketFault.None;
        switch (code)
        {
            case LengthIn2:
                var two = BinaryPrimitives.ReadUInt16BigEndian(bytes);
                fault = two <= MaxShortPayload ? SocketFault.LengthNotMinimal : SocketFault.None;
                return two;
            case LengthIn8:
                var eight = BinaryPrimitives.ReadInt64BigEndian(bytes);
                fault = eight < 0 ? SocketFault.LengthNegative : eight <= ushort.MaxValue ? SocketFault.LengthNotMinimal : SocketFault.None;
                return eight;
            default:
                return code;
        }
    }
}
