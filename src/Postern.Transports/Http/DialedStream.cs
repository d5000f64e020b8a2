using System.Net;
using System.Net.Sockets;

namespace Postern.Transports.Http;

/// <summary>A connection to the world, known as our own as long as it is open.</summary>
internal sealed class DialedStream : NetworkStream
{
    private readonly IPEndPoint _nearEnd;

    /// <summary>Over a connected socket, which it owns.</summary>
    public DialedStream(Socket socket)
        : base(socket, ownsSocket: true)
    {
        _nearEnd = (IPEndPoint)socket.LocalEndPoint!;
        OwnDials.Add(_nearEnd);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Before the port is free for somebody else.
        OwnDials.Remove(_nearEnd);
        base.Dispose(disposing);
    }
}
