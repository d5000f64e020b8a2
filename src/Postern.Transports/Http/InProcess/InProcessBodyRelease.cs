using System.IO.Pipelines;

namespace Postern.Transports.Http.InProcess;

/// <summary>The body of a response on its way from one part of the process to another; the first flush sends the head.</summary>
internal sealed class InProcessBodyRelease : PipeWriter
{
    private readonly Pipe _pipe = new();
    private readonly Func<ValueTask> _start;

    /// <summary>Before the first byte.</summary>
    /// <param name="start">Sends the head, once.</param>
    /// <param name="leave">The reader is not interested any more.</param>
    public InProcessBodyRelease(Func<ValueTask> start, Action leave)
    {
        _start = start;
        Reader = new InProcessBody(_pipe.Reader.AsStream(), leave);
    }

    /// <summary>The other end.</summary>
    public Stream Reader { get; }

    /// <inheritdoc/>
    public override void Advance(int bytes) => _pipe.Writer.Advance(bytes);

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => _pipe.Writer.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => _pipe.Writer.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override void CancelPendingFlush() => _pipe.Writer.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => _pipe.Writer.Complete(exception);

    /// <inheritdoc/>
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        await _start().ConfigureAwait(false);
        var flushed = await _pipe.Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return flushed.IsCompleted ? throw new IOException("Nobody reads the response any more.") : flushed;
    }
}
