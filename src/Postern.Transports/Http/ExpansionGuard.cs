using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>Passes decoded bytes through until they outgrow the coded ones, or the absolute bound.</summary>
internal sealed class ExpansionGuard(Stream decoded, CountingStream coded, FlowLimits limits) : ReadOnlyStream
{
    /// <summary>Small bodies may expand as they like: zeros compress a thousandfold and harm nobody at this size.</summary>
    private const long FreeBytes = 64 * 1024;

    private long _count;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await decoded.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new ObstacleException(Obstacle.CorruptEncoding);
        }

        _count += read;
        if ((_count > FreeBytes && _count / limits.MaxExpansion > coded.Count) || (limits.MaxDecodedBytes > 0 && _count > limits.MaxDecodedBytes))
        {
            throw new ObstacleException(Obstacle.DecompressionBomb);
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoded.Dispose();
        }

        base.Dispose(disposing);
    }
}
