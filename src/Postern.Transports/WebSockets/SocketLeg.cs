using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.WebSockets;

/// <summary>One side of a WebSocket: what it sends is read, what is sent to it is released.</summary>
/// <param name="peer">Who is there.</param>
/// <param name="stream">The connection after the handshake; stays the caller's.</param>
/// <param name="terms">How messages are compressed on it; null when they are not.</param>
internal sealed class SocketLeg(SocketPeer peer, Stream stream, DeflateTerms? terms = null) : IDisposable
{
    /// <summary>Who is there.</summary>
    public SocketPeer Peer => peer;

    /// <summary>How messages are compressed in both directions; null when they are not.</summary>
    public DeflateTerms? Terms => terms;

    /// <summary>Towards them.</summary>
    public WebSocketRelease Release { get; } = new(stream, peer == SocketPeer.Client ? SocketPeer.Server : SocketPeer.Client, terms is null ? null : new MessageDeflater(terms));

    /// <summary>Waits until something can be read, or the end; holds no buffer meanwhile.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel) => _ = await stream.ReadAsync(Memory<byte>.Empty, cancel).ConfigureAwait(false);

    /// <summary>What they send; 0 at the end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel) => stream.ReadAsync(buffer, cancel);

    /// <inheritdoc/>
    public void Dispose() => Release.Dispose();
}
