using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>
/// A body as the client sends it. Malformed chunks, an early end and a length that the server cannot hold are all told as
/// I/O errors of several kinds: here they become what they are, a body that is not all there.
/// </summary>
internal sealed class ClientBodyStream(Stream inner) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e is not ObstacleException)
        {
            throw new ObstacleException(Obstacle.TruncatedBody);
        }
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
