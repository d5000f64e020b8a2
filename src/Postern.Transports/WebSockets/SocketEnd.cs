using Postern.Engine.Flow;
using Postern.Transports.Http;

namespace Postern.Transports.WebSockets;

/// <summary>How one direction of a WebSocket ended.</summary>
/// <param name="Outcome">For the evidence.</param>
/// <param name="Farewell">The close frame that both sides get from Postern; null when the sender's own was passed on.</param>
internal sealed record SocketEnd(StreamOutcome Outcome, Reply? Farewell)
{
    /// <summary>The sender's close frame was passed on.</summary>
    public static SocketEnd Closed { get; } = new(StreamOutcome.Complete, null);

    /// <summary>A side went away without a word.</summary>
    public static SocketEnd Gone { get; } = new(StreamOutcome.Broken, CloseReply.GoingAway("the other side is gone"));

    /// <summary>Silent for too long, or open for too long.</summary>
    public static SocketEnd Expired { get; } = new(StreamOutcome.TimedOut, CloseReply.GoingAway("idle or open for too long"));

    /// <summary>The operator stopped it.</summary>
    public static SocketEnd Halted { get; } = new(StreamOutcome.Halted, CloseReply.GoingAway("stopped by the operator"));

    /// <summary>A message was refused.</summary>
    public static SocketEnd Refused(Reply farewell) => new(StreamOutcome.Refused, farewell);
}
