using Postern.Engine.Inspection;

namespace Postern.Transports.Http;

/// <summary>The way back to whoever asked over HTTP: what was cleared, or a reply of our own, and nothing else.</summary>
internal interface IClientRelease
{
    /// <summary>True when the head has left and the status can no longer change.</summary>
    bool HasStarted { get; }

    /// <summary>Sends a cleared response; its body too, when it was held.</summary>
    /// <param name="cleared">The response.</param>
    /// <param name="bodyFollows">True when pieces follow: no length is announced.</param>
    /// <param name="cancel">The client is gone.</param>
    ValueTask RespondAsync(Cleared cleared, bool bodyFollows, CancellationToken cancel);

    /// <summary>Sends a cleared window, line or gRPC message.</summary>
    ValueTask PieceAsync(Cleared cleared, CancellationToken cancel);

    /// <summary>Sends a cleared server-sent event, written anew from its fields.</summary>
    ValueTask EventAsync(Cleared cleared, CancellationToken cancel);

    /// <summary>Sends cleared trailers, where the protocol has them.</summary>
    void Trailers(Cleared cleared);

    /// <summary>Sends an answer of our own, unless a head has left already: then the stream is cut instead.</summary>
    ValueTask ReplyAsync(Reply reply, CancellationToken cancel);

    /// <summary>Sends an event of our own into a stream of events.</summary>
    ValueTask LastEventAsync(Reply reply, CancellationToken cancel);

    /// <summary>Resets the connection or stream: a cut body never looks complete.</summary>
    void Abort();
}
