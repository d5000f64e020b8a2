using Postern.Transports.Http;

namespace Postern.Transports.WebSockets;

/// <summary>How one direction of a WebSocket ended.</summary>
/// <param name="How">In a word, for the evidence: complete, refused, broken or timeout.</param>
/// <param name="Farewell">The close frame that both sides get from Postern; null when the sender's own was passed on.</param>
internal sealed record SocketEnd(string How, Reply? Farewell)
{
    /// <summary>The sender's close frame was passed on.</summary>
    public static SocketEnd Closed { get; } = new("complete", null);

    /// <summary>A side went away without a word.</summary>
    public static SocketEnd Gone { get; } = new("broken", CloseReply.GoingAway("the other side is gone"));

    /// <summary>Silent for too long, or open for too long.</summary>
    public static SocketEnd Expired { get; } = new("timeout", CloseReply.GoingAway("idle or open for too long"));

    /// <summary>A message was refused.</summary>
    public static SocketEnd Refused(Reply farewell) => new("refused", farewell);
}
