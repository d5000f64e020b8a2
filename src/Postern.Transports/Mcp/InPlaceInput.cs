using Postern.Transports.Http;

namespace Postern.Transports.Mcp;

/// <summary>
/// A pipe that is read on the thread that asks. Streams of pipes and consoles hand every read to the pool, and the thread that takes it up, and the one
/// that looks for more work afterwards, cost more than a short message. Whoever reads has a thread of its own (<see cref="LinePump"/>).
/// </summary>
/// <param name="pipe">The pipe; owned.</param>
internal sealed class InPlaceInput(Stream pipe) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(pipe.Read(buffer.Span));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            pipe.Dispose();
        }

        base.Dispose(disposing);
    }
}
