namespace Postern.Transports.WebSockets;

/// <summary>One side of a WebSocket: what it sends is read, what is sent to it is released.</summary>
/// <param name="peer">Who is there.</param>
/// <param name="stream">The connection after the handshake; stays the caller's.</param>
internal sealed class SocketLeg(SocketPeer peer, Stream stream) : IDisposable
{
    /// <summary>Who is there.</summary>
    public SocketPeer Peer => peer;

    /// <summary>Towards them.</summary>
    public WebSocketRelease Release { get; } = new(stream, peer == SocketPeer.Client ? SocketPeer.Server : SocketPeer.Client);

    /// <summary>What they send; 0 at the end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel) => stream.ReadAsync(buffer, cancel);

    /// <inheritdoc/>
    public void Dispose() => Release.Dispose();
}
