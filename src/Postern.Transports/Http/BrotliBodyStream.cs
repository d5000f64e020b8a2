using System.Buffers;
using System.IO.Compression;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>Brotli that ends where the body ends: neither before it (bytes that nobody would look at) nor after it (truncated).</summary>
internal sealed class BrotliBodyStream(Stream coded) : ReadOnlyStream
{
    private const int ChunkBytes = 16 * 1024;
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private BrotliDecoder _decoder;
    private ReadOnlyMemory<byte> _unread;
    private bool _hasBytes;
    private bool _isDone;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            var written = _isDone ? 0 : Decode(buffer.Span);
            if (written > 0)
            {
                return written;
            }

            if (!_unread.IsEmpty)
            {
                throw new ObstacleException(Obstacle.CorruptEncoding);
            }

            var read = await coded.ReadAsync(_chunk, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return _isDone || !_hasBytes ? 0 : throw new ObstacleException(Obstacle.CorruptEncoding);
            }

            _hasBytes = true;
            _unread = _chunk.AsMemory(0, read);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            coded.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Decode(Span<byte> destination)
    {
        var status = _decoder.Decompress(_unread.Span, destination, out var consumed, out var written);
        _unread = _unread[consumed..];
        _isDone = status == OperationStatus.Done;
        return status == OperationStatus.InvalidData ? throw new ObstacleException(Obstacle.CorruptEncoding) : written;
    }
}
