using Postern.Engine.Inspection;

namespace Postern.Transports.WebSockets;

/// <summary>Why a WebSocket is closed (RFC 6455 §7.4 and the IANA registry).</summary>
internal static class CloseCode
{
    /// <summary>A side goes away, or Postern can carry nothing more.</summary>
    public const ushort GoingAway = 1001;

    /// <summary>A frame that breaks the protocol.</summary>
    public const ushort Protocol = 1002;

    /// <summary>Stands for a close frame without a code; never sent.</summary>
    public const ushort None = 1005;

    /// <summary>Text that is not UTF-8, or a message that does not decompress.</summary>
    public const ushort InvalidText = 1007;

    /// <summary>The policy says no.</summary>
    public const ushort Policy = 1008;

    /// <summary>A message beyond the bound.</summary>
    public const ushort TooBig = 1009;

    /// <summary>True for codes that may stand in a frame: the registered ones, and those of libraries and applications.</summary>
    public static bool IsSendable(ushort code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);

    /// <summary>The code for a refusal: the fault's when a fault led to it.</summary>
    public static ushort Of(SocketFault fault, RefusalKind kind) => fault switch
    {
        SocketFault.None => kind is RefusalKind.Unavailable or RefusalKind.Halted or RefusalKind.EvidenceLost or RefusalKind.Cancelled ? GoingAway : Policy,
        SocketFault.InvalidText or SocketFault.CorruptDeflate => InvalidText,
        SocketFault.MessageTooLarge => TooBig,
        _ => Protocol,
    };
}
