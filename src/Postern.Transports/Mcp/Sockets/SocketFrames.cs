using System.Buffers;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Mcp.Sockets;

/// <summary>What a server says over a WebSocket: its messages go to the gate, its pings are answered.</summary>
/// <param name="inspector">The checkpoint, which an answered ping passes like everything that leaves.</param>
/// <param name="exchange">The connection's own conversation.</param>
/// <param name="server">The server.</param>
/// <param name="pass">Takes messages to the agent.</param>
internal sealed class SocketFrames(Inspector inspector, Exchange exchange, SocketLeg server, RpcPass pass)
{
    private const int ChunkBytes = 64 * 1024;
    private readonly SocketMessages _pongs = new(Direction.Outbound);

    /// <summary>Runs until the server closes, breaks the protocol or is gone, or until <paramref name="isOver"/> says after a message that no more is awaited.</summary>
    public async Task RunAsync(Func<bool> isOver, CancellationToken cancel)
    {
        using var reader = new FrameReader(SocketPeer.Server, RpcLineReader.MaxBytes);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (!reader.HasEnded && !isOver() && await server.ReadAsync(chunk.AsMemory(0, ChunkBytes), cancel).ConfigureAwait(false) is var read and > 0)
            {
                reader.Feed(chunk.AsSpan(0, read));
                while (TryPass(reader, out var passing, cancel))
                {
                    await passing.ConfigureAwait(false);
                }
            }
        }
        catch (Exception lost) when (SocketLoss.Is(lost))
        {
            // The server or the session is gone.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private bool TryPass(FrameReader reader, out ValueTask passing, CancellationToken cancel)
    {
        passing = ValueTask.CompletedTask;
        if (!reader.TryNext(out var piece))
        {
            return false;
        }

        if (piece.Fault != SocketFault.None)
        {
            passing = pass(RpcFrame.TooLong(default), default, cancel);
        }
        else if (piece.Opcode == SocketOpcode.Ping)
        {
            passing = AnswerAsync(_pongs.Make(piece), cancel);
        }
        else if (piece.Opcode is SocketOpcode.Text or SocketOpcode.Binary)
        {
            // Whatever the frame calls it: it is a message or it is refused.
            passing = pass(RpcFrame.Of(piece.Payload), piece.Payload, cancel);
        }

        return true;
    }

    private async ValueTask AnswerAsync(Message pong, CancellationToken cancel)
    {
        var ruling = await inspector.InspectAsync(exchange, pong, cancel).ConfigureAwait(false);
        if (ruling.TryClear(out var cleared, out _))
        {
            await server.Release.PongAsync(cleared, cancel).ConfigureAwait(false);
        }
        else
        {
            pong.Dispose();
        }
    }
}
