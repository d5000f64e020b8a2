using Postern.Engine.Inspection;
using Postern.Transports.Http;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Mcp.Sockets;

/// <summary>The way to a server over a WebSocket: one message, one text frame.</summary>
internal sealed class SocketWire(WebSocketRelease release) : IRpcWire
{
    /// <inheritdoc/>
    public ValueTask PassAsync(Cleared cleared, CancellationToken cancel) => release.TextAsync(cleared, cancel);

    /// <inheritdoc/>
    public ValueTask SayAsync(Reply reply, CancellationToken cancel) => release.SayAsync(reply, cancel);
}
