using System.IO.Compression;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>
/// Deflate without a header or checksum. Nothing but the decoder knows where it ends, so it is fed byte by byte: slow, and
/// only senders that break RFC 9110 §8.4.1.2 make it so.
/// </summary>
internal sealed class BareDeflateStream : ReadOnlyStream
{
    private readonly SingleByteStream _coded;
    private readonly DeflateStream _decoder;

    /// <summary>Decodes <paramref name="coded"/>; owns it.</summary>
    public BareDeflateStream(Stream coded)
    {
        _coded = new SingleByteStream(coded);
        _decoder = new DeflateStream(_coded, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _decoder.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read > 0 || buffer.IsEmpty)
        {
            return read;
        }

        // The decoder that has found its end asks for no more; one that was told of the end before did not find its own.
        var isWhole = _coded.IsEmpty || (!_coded.IsAtEnd && await _coded.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) == 0);
        return isWhole ? 0 : throw new ObstacleException(Obstacle.CorruptEncoding);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
        }

        base.Dispose(disposing);
    }
}
