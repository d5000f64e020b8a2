using System.Text;
using Postern.Engine.Inspection;
using Postern.Transports.Http;

namespace Postern.Transports.WebSockets;

/// <summary>Close frames of Postern's own, as replies: the code as status, the reason as body. Rule ids and fixed words, never content.</summary>
internal static class CloseReply
{
    /// <summary>Why a refused message ends the WebSocket.</summary>
    public static Reply Of(Refused refused, SocketFault fault) => Own(CloseCode.Of(fault, refused.Kind), refused.RuleId);

    /// <summary>Why a fault ends the WebSocket that the policy overlooks.</summary>
    public static Reply Of(SocketFault fault) => Own(CloseCode.Of(fault, RefusalKind.Malformed), "protocol");

    /// <summary>Nobody refused anything: a side is gone, it was silent or open for too long, or the operator stopped it.</summary>
    public static Reply GoingAway(string why) => Own(CloseCode.GoingAway, why);

    /// <summary>A reason has 123 bytes at most (RFC 6455 §5.5); rule ids are ASCII and shorter.</summary>
    private static Reply Own(ushort code, string reason) =>
        Reply.Own(code, string.Empty, Encoding.ASCII.GetBytes(reason.Length <= 123 ? reason : reason[..123]));
}
