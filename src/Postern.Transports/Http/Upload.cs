using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Streaming;

namespace Postern.Transports.Http;

/// <summary>
/// The rest of a request body that is too long to hold, on its way through the checkpoint. The handler that sends it runs it
/// on a thread of its own and may outlive the response: whoever owns the body waits for <see cref="DisposeAsync"/> before the
/// buffers go back to the pool.
/// </summary>
/// <param name="pump">Carries the body through the checkpoint.</param>
/// <param name="pieces">How the body is cut; owned.</param>
/// <param name="length">Bytes that will be sent, when they are known; the upstream is told.</param>
internal sealed class Upload(PiecePump pump, IPieceReader pieces, long? length) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _ended;

    /// <summary>Bytes that will be sent; null when that is not known before the end.</summary>
    public long? Length => length;

    /// <summary>Put off by every piece that was sent; null while nobody waits for a response.</summary>
    public HeadDeadline? Deadline { get; set; }

    /// <summary>Why the upload was cut; null while it runs and when it ended well.</summary>
    public Refused? Refused { get; private set; }

    /// <summary>Sends every cleared piece to <paramref name="release"/>. Once: what was read from the client is gone.</summary>
    /// <exception cref="UploadRefusedException">A piece was refused.</exception>
    /// <exception cref="IOException">It ran before, or was stopped.</exception>
    public async Task RunAsync(Func<Cleared, CancellationToken, ValueTask> release, CancellationToken cancel)
    {
        var ended = Begin();
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stop.Token);
            Refused = await pump.RunAsync(Direction.Outbound, idleMs: 0, SendAsync, either.Token).ConfigureAwait(false);
        }
        finally
        {
            ended.SetResult();
        }

        if (Refused is not null)
        {
            throw new UploadRefusedException();
        }

        async ValueTask SendAsync(Cleared cleared, CancellationToken ct)
        {
            await release(cleared, ct).ConfigureAwait(false);
            Deadline?.Restart();
        }
    }

    /// <summary>Breaks off what still runs and returns when nothing does.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate)
        {
            running = _ended?.Task ?? Task.CompletedTask;
            _ended ??= new TaskCompletionSource();
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
        pieces.Dispose();
        _stop.Dispose();
    }

    private TaskCompletionSource Begin()
    {
        lock (_gate)
        {
            return _ended is null
                ? _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                : throw new IOException("A body from a client is sent once.");
        }
    }
}
