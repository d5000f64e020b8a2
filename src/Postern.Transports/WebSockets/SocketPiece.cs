namespace Postern.Transports.WebSockets;

/// <summary>What a <see cref="FrameReader"/> hands out: a whole message, a control frame, or the fault that ended the reading.</summary>
internal readonly ref struct SocketPiece
{
    /// <summary>What it is; of a fault, what it was about to be.</summary>
    public SocketOpcode Opcode { get; init; }

    /// <summary>The unmasked bytes; of a close frame the reason alone; of a fault nothing. Valid until the reader is used again.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>A close frame's code; <see cref="WebSockets.CloseCode.None"/> when it has none; 0 for anything else.</summary>
    public ushort CloseCode { get; init; }

    /// <summary>What was wrong; nothing follows then.</summary>
    public SocketFault Fault { get; init; }
}
