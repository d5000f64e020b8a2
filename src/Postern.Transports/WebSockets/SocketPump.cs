using System.Buffers;
using System.Diagnostics;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.WebSockets;

/// <summary>One direction of a WebSocket: reads frames, takes each message through the checkpoint, releases what was cleared.</summary>
internal sealed class SocketPump(Inspector inspector, Exchange exchange, SocketLeg from, WebSocketRelease to) : IDisposable
{
    private const int ChunkBytes = 16 * 1024;
    private readonly FrameReader _reader = ReaderOf(from, exchange.Policy.Policy);
    private readonly SocketMessages _messages = new(DirectionOf(from.Peer), exchange.Policy.Policy.WebSockets.AllowBinaryFrames);
    private volatile bool _discards;

    /// <summary>Which way it carries.</summary>
    public Direction Direction => DirectionOf(from.Peer);

    /// <summary>Runs until the sender closes or is gone, or to the first refusal. Call again after <see cref="Discard"/> to wait for the sender's close frame.</summary>
    /// <param name="touch">Told whenever bytes came.</param>
    /// <param name="cancel">Ends the direction as if its sender were gone.</param>
    public async Task<SocketEnd> RunAsync(Action touch, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                if (await PassAllAsync(cancel).ConfigureAwait(false) is { } end)
                {
                    return end;
                }

                await from.WaitAsync(cancel).ConfigureAwait(false);
                if (!await FeedAsync(cancel).ConfigureAwait(false))
                {
                    return SocketEnd.Gone;
                }

                touch();
            }
        }
        catch (Exception lost) when (SocketLoss.Is(lost))
        {
            return SocketEnd.Gone;
        }
    }

    /// <summary>From now on what comes is thrown away: the close frame from our side has been sent, or is about to be.</summary>
    public void Discard() => _discards = true;

    /// <summary>To be called when no run is under way.</summary>
    public void Dispose() => _reader.Dispose();

    private async ValueTask<bool> FeedAsync(CancellationToken cancel)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            var read = await from.ReadAsync(chunk, cancel).ConfigureAwait(false);
            _reader.Feed(chunk.AsSpan(0, read));
            return read > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private async ValueTask<SocketEnd?> PassAllAsync(CancellationToken cancel)
    {
        while (!_discards && TryNext(out var item))
        {
            if (await PassAsync(item, cancel).ConfigureAwait(false) is { } end)
            {
                return end;
            }
        }

        return _discards && IsClosed() ? SocketEnd.Closed : null;
    }

    private async ValueTask<SocketEnd?> PassAsync(SocketItem item, CancellationToken cancel)
    {
        var ruling = await inspector.InspectAsync(exchange, item.Message, cancel).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out var refused))
        {
            item.Message.Dispose();
            return SocketEnd.Refused(CloseReply.Of(refused, item.Fault));
        }

        if (item.Fault != SocketFault.None)
        {
            // A policy may overlook the fault; there is still nothing that could be sent, and nothing more that could be read.
            item.Message.Dispose();
            return SocketEnd.Refused(CloseReply.Of(item.Fault));
        }

        await ReleaseAsync(item, cleared, cancel).ConfigureAwait(false);
        return item.Opcode == SocketOpcode.Close ? SocketEnd.Closed : null;
    }

    private ValueTask ReleaseAsync(in SocketItem item, in Cleared cleared, CancellationToken cancel) => item.Opcode switch
    {
        SocketOpcode.Text => to.TextAsync(cleared, cancel),
        SocketOpcode.Binary => to.BinaryAsync(cleared, cancel),
        SocketOpcode.Ping => to.PingAsync(cleared, cancel),
        SocketOpcode.Pong => to.PongAsync(cleared, cancel),
        SocketOpcode.Close => to.CloseAsync(cleared, item.CloseCode, cancel),
        _ => throw new UnreachableException(),
    };

    private bool TryNext(out SocketItem item)
    {
        item = default;
        if (!_reader.TryNext(out var piece))
        {
            return false;
        }

        item = new SocketItem(_messages.Make(piece), piece.Opcode, piece.CloseCode, piece.Fault);
        return true;
    }

    /// <summary>
    /// Reads on to the sender's close frame, unread. After a fault there is none to be found: then the bytes are taken off the
    /// connection until the time is up, because closing over unread bytes would reset it and lose our close frame.
    /// </summary>
    private bool IsClosed()
    {
        while (_reader.TryNext(out var piece))
        {
            if (piece is { Opcode: SocketOpcode.Close, Fault: SocketFault.None })
            {
                return true;
            }
        }

        return false;
    }

    private static FrameReader ReaderOf(SocketLeg from, SecurityPolicy policy)
    {
        var maxBytes = policy.WebSockets.MaxMessageBytes;
        return new FrameReader(from.Peer, maxBytes, from.Terms is { } terms ? new MessageInflater(terms, maxBytes) : null);
    }

    private static Direction DirectionOf(SocketPeer peer) => peer == SocketPeer.Client ? Direction.Outbound : Direction.Inbound;
}
