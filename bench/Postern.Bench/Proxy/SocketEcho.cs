using System.Net;
using System.Net.Sockets;
using System.Text;
using Postern.Transports.WebSockets;

namespace Postern.Bench.Proxy;

/// <summary>A WebSocket server that sends every message back; as little as there can be of one.</summary>
internal sealed class SocketEcho : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <summary>Begins to listen.</summary>
    public SocketEcho()
    {
        _listener.Start(8192);
        _ = AcceptAsync();
    }

    /// <summary>Where.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync().ConfigureAwait(false));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private static async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        using var reader = new FrameReader(SocketPeer.Client, 1 << 20);
        var buffer = new byte[4096];
        try
        {
            var head = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer).ConfigureAwait(false));
            var key = head.Split('\n').Single(static line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':')[1].Trim();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {WebSocketHandshake.AcceptFor(key)}\r\n\r\n")).ConfigureAwait(false);
            while (await stream.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
            {
                reader.Feed(buffer.AsSpan(0, read));
                while (Answer(reader) is { } answer)
                {
                    await stream.WriteAsync(answer).ConfigureAwait(false);
                }
            }
        }
        catch (IOException)
        {
            // The client is gone.
        }
    }

    private static ReadOnlyMemory<byte>? Answer(FrameReader reader)
    {
        if (!reader.TryNext(out var piece))
        {
            return null;
        }

        var frame = new byte[FrameWriter.MaxFrameBytes(piece.Payload.Length)];
        return frame.AsMemory(0, FrameWriter.Write(frame, FrameWriter.First(piece.Opcode), piece.Payload, null));
    }
}
