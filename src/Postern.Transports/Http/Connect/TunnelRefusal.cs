namespace Postern.Transports.Http.Connect;

/// <summary>The CONNECT is answered with an error and the connection is closed.</summary>
internal sealed class TunnelRefusal : TunnelDecision
{
    /// <summary>Refuses with an answer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The answer is no error: a client would take it for an open tunnel.</exception>
    public TunnelRefusal(Reply reply)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(reply.Status, 400, nameof(reply));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reply.Status, 599, nameof(reply));
        Reply = reply;
    }

    /// <summary>The answer; its status is 400 to 599.</summary>
    public Reply Reply { get; }
}
