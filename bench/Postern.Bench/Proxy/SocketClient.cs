using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Postern.Transports.WebSockets;

namespace Postern.Bench.Proxy;

/// <summary>One WebSocket, one message at a time.</summary>
internal sealed class SocketClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
    private readonly byte[] _buffer = new byte[8192];

    /// <summary>Opens one at <paramref name="port"/>; throws when it is refused.</summary>
    public SocketClient(int port, string target)
    {
        _socket.Connect("127.0.0.1", port);
        var host = target.StartsWith("http", StringComparison.Ordinal) ? new Uri(target).Authority : $"127.0.0.1:{port}";
        _socket.Send(Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {WebSocketHandshake.NewKey()}\r\n\r\n"));
        var head = Encoding.ASCII.GetString(_buffer, 0, _socket.Receive(_buffer));
        if (!head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The answer was: " + head);
        }
    }

    /// <summary>Sends messages one after the other, again and again, each when the one before has come back; how long each took.</summary>
    public TimeSpan[] Echo(IReadOnlyList<byte[]> payloads, int count)
    {
        var frames = payloads.Select(Frame).ToArray();
        var times = new TimeSpan[count];
        for (var i = 0; i < count; i++)
        {
            var frame = frames[i % frames.Length];
            var start = Stopwatch.GetTimestamp();
            _socket.Send(frame);

            // The answer has no mask.
            for (var left = frame.Length - sizeof(uint); left > 0;)
            {
                left -= _socket.Receive(_buffer) is > 0 and var read ? read : throw new EndOfStreamException(Encoding.ASCII.GetString(_buffer, 0, 64));
            }

            times[i] = Stopwatch.GetElapsedTime(start);
        }

        return times;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static byte[] Frame(byte[] payload)
    {
        var frame = new byte[FrameWriter.MaxFrameBytes(payload.Length)];
        return frame[..FrameWriter.Write(frame, FrameWriter.First(SocketOpcode.Text), payload, 0x01020304)];
    }
}
