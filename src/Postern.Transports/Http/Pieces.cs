using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Http;

/// <summary>Chooses the way a stream is cut.</summary>
internal static class Pieces
{
    /// <summary>The reader for a body of <paramref name="contentType"/>. Events are written anew from their fields: what leaves must be sent as it came.</summary>
    public static IPieceReader For(string? contentType, FlowLimits limits, in MessageFacts facts)
    {
        var type = MediaTypes.TypeOf(contentType);
        return MediaTypes.IsEventStream(type) && facts.Direction == Direction.Inbound ? new ServerSentEventReader(limits, facts)
            : MediaTypes.IsGrpc(type) ? new GrpcReader(limits, facts)
            : MediaTypes.IsLines(type) ? new LineReader(limits, facts)
            : new WindowReader(limits, facts);
    }
}
