using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>Passes at most so many bytes; a longer body is an obstacle.</summary>
internal sealed class BoundedStream(Stream inner, long maxBytes) : ReadOnlyStream
{
    private long _count;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _count += read;
        return _count <= maxBytes ? read : throw new ObstacleException(Obstacle.BodyTooLarge);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
