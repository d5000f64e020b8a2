using System.Buffers;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>
/// Reads a body in chunks and can say that it is silent without losing the read that is under way. One reader at a time.
/// </summary>
internal sealed class BodySource(Stream stream, TimeProvider time, HoldBudget budget) : IAsyncDisposable
{
    /// <summary>What <see cref="ReadAsync"/> returns when nothing came in time.</summary>
    public const int Silent = -1;

    private const int ChunkBytes = 32 * 1024;
    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
    private Task<int>? _pending;
    private int _length;
    private bool _isAbandoned;

    /// <summary>What the last read brought.</summary>
    public ReadOnlySpan<byte> Chunk => _chunk.AsSpan(0, _length);

    /// <summary>Bytes read so far.</summary>
    public long Total { get; private set; }

    /// <summary>Reads the next chunk: its length, 0 at the end, <see cref="Silent"/> after <paramref name="idleMs"/> without a byte (0 waits for ever).</summary>
    public async ValueTask<int> ReadAsync(int idleMs, CancellationToken cancel)
    {
        _length = 0;
        if (_pending is null)
        {
            var read = stream.ReadAsync(_chunk.AsMemory(0, ChunkBytes), cancel);
            if (read.IsCompleted)
            {
                return Arrived(await read.ConfigureAwait(false));
            }

            _pending = read.AsTask();
        }

        if (idleMs > 0 && !_pending.IsCompleted && !await ArrivesWithinAsync(_pending, idleMs, cancel).ConfigureAwait(false))
        {
            return Silent;
        }

        var pending = _pending;
        var length = await pending.ConfigureAwait(false);
        _pending = null;
        return Arrived(length);
    }

    /// <summary>Reads until the end, until more than <paramref name="maxBytes"/> are there, until the budget is used up, or until patience is.</summary>
    /// <param name="maxBytes">Bytes that are held; what is longer is held up to the chunk that exceeds it.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancel">The exchange is over.</param>
    public async ValueTask<HeldBody> HoldAsync(int maxBytes, Patience patience, CancellationToken cancel)
    {
        HeldBody? held = null;
        var bytes = new HeldBytes(budget);
        try
        {
            return held = await FillAsync(bytes, maxBytes, patience, cancel).ConfigureAwait(false);
        }
        catch (ObstacleException e)
        {
            return held = HeldBody.Broken(bytes, e.Obstacle);
        }
        catch (HttpIOException)
        {
            return held = HeldBody.Broken(bytes, Obstacle.TruncatedBody);
        }
        finally
        {
            if (held is null)
            {
                bytes.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isAbandoned)
        {
            return;
        }

        _isAbandoned = true;
        await stream.DisposeAsync().ConfigureAwait(false);
        if (_pending is null || _pending.IsCompleted)
        {
            // A read that is still under way may write into the chunk: then the pool does not get it back.
            ArrayPool<byte>.Shared.Return(_chunk);
        }

        _ = _pending?.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
    }

    private async ValueTask<HeldBody> FillAsync(HeldBytes bytes, int maxBytes, Patience patience, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (bytes.Count <= maxBytes)
        {
            var waitMs = patience.WaitMs(isFirst: bytes.Count == 0, time.GetElapsedTime(began));
            var read = waitMs < 0 ? Silent : await ReadAsync(waitMs, cancel).ConfigureAwait(false);
            if (read == 0)
            {
                return HeldBody.Whole(bytes);
            }

            if (read == Silent)
            {
                return patience.Silence == Obstacle.None ? HeldBody.Begun(bytes) : HeldBody.Broken(bytes, patience.Silence);
            }

            if (!bytes.TryAppend(Chunk))
            {
                break;
            }
        }

        return HeldBody.Begun(bytes);
    }

    private int Arrived(int length)
    {
        _length = length;
        Total += length;
        return length;
    }

    private async ValueTask<bool> ArrivesWithinAsync(Task pending, int idleMs, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var delay = Task.Delay(TimeSpan.FromMilliseconds(idleMs), time, stop.Token);
        var first = await Task.WhenAny(pending, delay).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        return first == pending || pending.IsCompleted;
    }
}
