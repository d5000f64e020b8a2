using System.Buffers.Binary;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>
/// Lets a decoded body end only where the coded one does: its last bytes must be the checksum of all that was decoded. The
/// platform's decoders take a truncated body for a complete one and skip what follows the end.
/// </summary>
/// <remarks>A gzip body of several members is refused: what stands at its end is the checksum of its last member only.</remarks>
/// <param name="decoder">The platform's decoder over <paramref name="coded"/>.</param>
/// <param name="coded">The coded bytes.</param>
/// <param name="checksum">Of the coding.</param>
internal sealed class ChecksumStream(Stream decoder, CountingStream coded, BodyChecksum checksum) : ReadOnlyStream
{
    private readonly byte[] _one = new byte[1];

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await decoder.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read > 0)
        {
            checksum.Append(buffer.Span[..read]);
            return read;
        }

        if (buffer.Length > 0)
        {
            await RequireEndAsync(cancellationToken).ConfigureAwait(false);
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>An empty body is empty in any coding: servers label answers without content too.</summary>
    private async ValueTask RequireEndAsync(CancellationToken cancel)
    {
        var isAtEnd = coded.IsAtEnd || await coded.ReadAsync(_one, cancel).ConfigureAwait(false) == 0;
        if (!isAtEnd || (coded.Count > 0 && !Stands(coded.Tail)))
        {
            throw new ObstacleException(Obstacle.CorruptEncoding);
        }
    }

    private bool Stands(ReadOnlySpan<byte> tail) => checksum.IsGzip
        ? BinaryPrimitives.ReadUInt32LittleEndian(tail) == checksum.Value && BinaryPrimitives.ReadUInt32LittleEndian(tail[4..]) == checksum.Length
        : BinaryPrimitives.ReadUInt32BigEndian(tail[4..]) == checksum.Value;
}
