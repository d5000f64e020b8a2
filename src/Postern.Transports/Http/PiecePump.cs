using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Streaming;

namespace Postern.Transports.Http;

/// <summary>Carries a stream through the checkpoint, piece by piece, in one direction.</summary>
internal sealed class PiecePump(Inspector inspector, Exchange exchange, BodySource source, IPieceReader pieces)
{
    private Refused? _refused;

    /// <summary>Feeds bytes that were read before the pump began.</summary>
    public void Feed(ReadOnlySpan<byte> held) => pieces.Feed(held);

    /// <summary>Runs to the end of the stream or to the first refusal, which it returns. Every cleared piece goes to <paramref name="release"/>.</summary>
    public async Task<Refused?> RunAsync(Direction direction, int idleMs, Func<Cleared, CancellationToken, ValueTask> release, CancellationToken cancel)
    {
        var outcome = StreamOutcome.Broken;
        var waitMs = idleMs;
        try
        {
            while (await PassAllAsync(release, cancel).ConfigureAwait(false))
            {
                var read = await source.ReadAsync(waitMs, cancel).ConfigureAwait(false);
                if (read > 0)
                {
                    pieces.Feed(source.Chunk);
                    waitMs = idleMs;
                }
                else if (read == BodySource.Silent && pieces.TryFlush(out var waiting))
                {
                    await PassAsync(waiting!, release, cancel).ConfigureAwait(false);
                }
                else if (read == BodySource.Silent)
                {
                    // Nothing is waiting: the next silence worth a timer comes after the next byte.
                    waitMs = 0;
                }
                else
                {
                    await FinishAsync(release, cancel).ConfigureAwait(false);
                    break;
                }
            }

            outcome = _refused is null ? StreamOutcome.Complete : StreamOutcome.Refused;
            return _refused;
        }
        catch (OperationCanceledException) when (inspector.Halt.Stops(exchange.Actor))
        {
            outcome = StreamOutcome.Halted;
            await RefuseAsync(direction, Obstacle.None, CancellationToken.None).ConfigureAwait(false);
            return _refused ?? throw new OperationCanceledException(cancel);
        }
        catch (ObstacleException e)
        {
            outcome = StreamOutcome.Refused;
            await RefuseAsync(direction, e.Obstacle, cancel).ConfigureAwait(false);
            return _refused;
        }
        finally
        {
            await inspector.CloseStreamAsync(exchange, direction, outcome).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> PassAllAsync(Func<Cleared, CancellationToken, ValueTask> release, CancellationToken cancel)
    {
        while (_refused is null && pieces.TryNext(out var piece))
        {
            await PassAsync(piece!, release, cancel).ConfigureAwait(false);
        }

        return _refused is null;
    }

    private async ValueTask FinishAsync(Func<Cleared, CancellationToken, ValueTask> release, CancellationToken cancel)
    {
        while (_refused is null && pieces.TryFinish(out var piece))
        {
            await PassAsync(piece!, release, cancel).ConfigureAwait(false);
        }
    }

    private async ValueTask PassAsync(Message piece, Func<Cleared, CancellationToken, ValueTask> release, CancellationToken cancel)
    {
        var ruling = await inspector.InspectAsync(exchange, piece, cancel).ConfigureAwait(false);
        if (ruling.TryClear(out var cleared, out _refused))
        {
            await release(cleared, cancel).ConfigureAwait(false);
        }
        else
        {
            piece.Dispose();
        }
    }

    /// <summary>The stream itself failed: an empty piece with the obstacle gets the ruling, and the record, that says so.</summary>
    private async ValueTask RefuseAsync(Direction direction, Obstacle obstacle, CancellationToken cancel)
    {
        using var writer = new MessageWriter(16);
        using var piece = writer.Seal(new MessageFacts(MessageKind.BodyWindow, direction) { Obstacles = obstacle, Last = true });
        var ruling = await inspector.InspectAsync(exchange, piece, cancel).ConfigureAwait(false);
        _ = ruling.TryClear(out _, out _refused);
    }
}
