using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Postern.Engine.Inspection;
using Postern.Transports.Http;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.WebSockets;

/// <summary>
/// The only writer towards one side of a WebSocket. Each message leaves as one frame, built from what was inspected. After a
/// close frame nothing more leaves.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="speaksAs">Whom the other side takes us for: as a client every frame is masked.</param>
/// <param name="deflater">Compresses messages; null when that was not agreed on. Owned.</param>
internal sealed class WebSocketRelease(Stream stream, SocketPeer speaksAs, MessageDeflater? deflater = null) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _isOver;

    /// <summary>Sends a cleared text message.</summary>
    public ValueTask TextAsync(Cleared cleared, CancellationToken cancel) => PassAsync(SocketOpcode.Text, cleared, cancel);

    /// <summary>Sends a cleared binary message.</summary>
    public ValueTask BinaryAsync(Cleared cleared, CancellationToken cancel) => PassAsync(SocketOpcode.Binary, cleared, cancel);

    /// <summary>Sends a cleared ping.</summary>
    public ValueTask PingAsync(Cleared cleared, CancellationToken cancel) => PassAsync(SocketOpcode.Ping, cleared, cancel);

    /// <summary>Sends a cleared pong.</summary>
    public ValueTask PongAsync(Cleared cleared, CancellationToken cancel) => PassAsync(SocketOpcode.Pong, cleared, cancel);

    /// <summary>Sends a text of our own.</summary>
    public ValueTask SayAsync(Reply reply, CancellationToken cancel) => FrameAsync(SocketOpcode.Text, reply.Body, cancel);

    /// <summary>Sends a cleared close frame; the message is its reason.</summary>
    public async ValueTask CloseAsync(Cleared cleared, ushort code, CancellationToken cancel)
    {
        using var message = cleared.Take();
        await CloseAsync(code, message.ReleasableBody, cancel).ConfigureAwait(false);
    }

    /// <summary>Closes with a reason of our own: the reply's status is the code, its body the reason.</summary>
    public ValueTask CloseAsync(Reply reply, CancellationToken cancel) => CloseAsync((ushort)reply.Status, reply.Body, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _turn.Dispose();
        deflater?.Dispose();
    }

    private async ValueTask PassAsync(SocketOpcode opcode, Cleared cleared, CancellationToken cancel)
    {
        using var message = cleared.Take();
        await FrameAsync(opcode, message.ReleasableBody, cancel).ConfigureAwait(false);
    }

    private async ValueTask CloseAsync(ushort code, ReadOnlyMemory<byte> reason, CancellationToken cancel)
    {
        if (code == CloseCode.None)
        {
            await FrameAsync(SocketOpcode.Close, default, cancel).ConfigureAwait(false);
            return;
        }

        var payload = new byte[sizeof(ushort) + reason.Length];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        reason.CopyTo(payload.AsMemory(sizeof(ushort)));
        await FrameAsync(SocketOpcode.Close, payload, cancel).ConfigureAwait(false);
    }

    private async ValueTask FrameAsync(SocketOpcode opcode, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_isOver)
            {
                return;
            }

            // Until the frame is out: after one that broke off, the peer would take anything for the rest of it.
            _isOver = true;
            var isDeflated = opcode < SocketOpcode.Close && deflater?.Takes(payload.Length) == true;
            await WriteAsync(FrameWriter.First(opcode, isDeflated), isDeflated ? deflater!.Deflate(payload.Span) : payload, cancel).ConfigureAwait(false);
            _isOver = opcode == SocketOpcode.Close;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask WriteAsync(byte first, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        var frame = ArrayPool<byte>.Shared.Rent(FrameWriter.MaxFrameBytes(payload.Length));
        try
        {
            var length = FrameWriter.Write(frame, first, payload.Span, speaksAs == SocketPeer.Client ? NewMask() : null);
            deflater?.Rest();
            await stream.WriteAsync(frame.AsMemory(0, length), cancel).ConfigureAwait(false);
            await stream.FlushAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    /// <summary>Unpredictable for whoever chose the payload (RFC 6455 §10.3).</summary>
    private static uint NewMask()
    {
        Span<byte> key = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(key);
        return MemoryMarshal.Read<uint>(key);
    }
}
