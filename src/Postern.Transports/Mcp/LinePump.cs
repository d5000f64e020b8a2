using System.Buffers;

namespace Postern.Transports.Mcp;

/// <summary>
/// One direction of a stdio session: reads lines and takes each through the gate. Notifications keep their order. A request or an answer
/// whose ruling takes its time (an approval, a large result) does not hold up what comes after it.
/// </summary>
internal sealed class LinePump(Stream from, RpcPass pass)
{
    /// <summary>Messages that may wait for their ruling while others pass; beyond it the sender waits.</summary>
    private const int MaxWaiting = 64;

    private const int ChunkBytes = 64 * 1024;
    private readonly List<Task> _waiting = [];

    /// <summary>
    /// Runs until the sender closes its end or one side is lost; what was read is ruled on before it returns. On a thread of its own, which may wait for the
    /// sender: the pool's few threads may not.
    /// </summary>
    public Task RunAsync(CancellationToken cancel) =>
        Task.Factory.StartNew(() => PumpAsync(cancel), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private async Task PumpAsync(CancellationToken cancel)
    {
        using var lines = new RpcLineReader();
        await UntilLostAsync(() => ReadAllAsync(lines, cancel)).ConfigureAwait(false);
        await UntilLostAsync(() => Task.WhenAll(_waiting)).ConfigureAwait(false);
    }

    private async Task ReadAllAsync(RpcLineReader lines, CancellationToken cancel)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (await from.ReadAsync(chunk.AsMemory(0, ChunkBytes), cancel).ConfigureAwait(false) is var read and > 0)
            {
                lines.Feed(chunk.AsSpan(0, read));
                while (TryPass(lines, out var passing, cancel))
                {
                    await passing.ConfigureAwait(false);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static async Task UntilLostAsync(Func<Task> run)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // One of the peers is gone.
        }
    }

    private bool TryPass(RpcLineReader lines, out ValueTask passing, CancellationToken cancel)
    {
        passing = ValueTask.CompletedTask;
        if (!lines.TryNext(out var line))
        {
            return false;
        }

        var frame = line.IsTooLong ? RpcFrame.TooLong(line.Id) : RpcFrame.Of(line.Text);
        var ruled = pass(frame, line.Text, cancel);
        passing = ruled.IsCompletedSuccessfully || frame.Whole.Shape == Engine.Mcp.RpcShape.Notification ? ruled : LetWaitAsync(ruled.AsTask());
        return true;
    }

    private async ValueTask LetWaitAsync(Task ruled)
    {
        _waiting.RemoveAll(static task => task.IsCompletedSuccessfully);
        _waiting.Add(ruled);
        if (_waiting.Count > MaxWaiting)
        {
            await (await Task.WhenAny(_waiting).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
