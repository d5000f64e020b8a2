namespace Postern.Transports.WebSockets;

/// <summary>Who sends a frame. Clients mask, servers do not (RFC 6455 §5.1).</summary>
internal enum SocketPeer : byte
{
    /// <summary>The agent's side of a WebSocket.</summary>
    Client,

    /// <summary>The world's side.</summary>
    Server,
}
