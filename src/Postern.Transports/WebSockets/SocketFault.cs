namespace Postern.Transports.WebSockets;

/// <summary>What a peer did that RFC 6455 does not allow, or that is beyond the bound. The first one ends the reading.</summary>
internal enum SocketFault : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A reserved bit is set where no extension that was agreed on gives it a meaning (§5.2; RFC 7692 §6).</summary>
    ReservedBit,

    /// <summary>An opcode without a meaning (§5.2).</summary>
    ReservedOpcode,

    /// <summary>A client's frame without a mask (§5.1).</summary>
    Unmasked,

    /// <summary>A server's frame with a mask (§5.1).</summary>
    Masked,

    /// <summary>A length in more bytes than it needs: two readers could frame it differently (§5.2).</summary>
    LengthNotMinimal,

    /// <summary>A length with its highest bit set (§5.2).</summary>
    LengthNegative,

    /// <summary>A control frame with more than 125 bytes (§5.5).</summary>
    ControlTooLong,

    /// <summary>A control frame in fragments (§5.5).</summary>
    ControlFragmented,

    /// <summary>A continuation of nothing (§5.4).</summary>
    StrayContinuation,

    /// <summary>A new message inside a fragmented one (§5.4).</summary>
    InterleavedMessage,

    /// <summary>A close frame with one byte, or with a code that must not be sent (§7.4).</summary>
    CloseCode,

    /// <summary>Text that is not UTF-8 (§8.1).</summary>
    InvalidText,

    /// <summary>A message beyond the bound.</summary>
    MessageTooLarge,

    /// <summary>A compressed message that does not decode (RFC 7692 §7.2.2).</summary>
    CorruptDeflate,
}
