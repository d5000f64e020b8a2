using System.IO.Compression;

namespace Postern.Transports.Http;

/// <summary>The coding "deflate" is zlib (RFC 9110 §8.4.1.2), but some senders omit the zlib header: the first two bytes tell.</summary>
internal sealed class DeflateOrZlibStream(CountingStream coded) : ReadOnlyStream
{
    /// <summary>FDICT of RFC 1950 §2.2: the text builds on a dictionary that both sides are to have. HTTP knows none.</summary>
    private const byte NeedsDictionary = 0x20;

    private Stream? _decoder;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _decoder ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _decoder.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder?.Dispose();
            coded.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<Stream> OpenAsync(CancellationToken cancel)
    {
        var head = new byte[2];
        var read = await coded.ReadAtLeastAsync(head, 2, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        var whole = new PrefixedStream(head.AsMemory(0, read), coded);
        var isZlib = read == 2 && (head[0] & 0x0F) == 8 && ((head[0] << 8) | head[1]) % 31 == 0;
        if (isZlib && (head[1] & NeedsDictionary) != 0)
        {
            throw new InvalidDataException("A zlib stream with a preset dictionary.");
        }

        return isZlib
            ? new ChecksumStream(new ZLibStream(whole, CompressionMode.Decompress), coded, new BodyChecksum(isGzip: false))
            : new BareDeflateStream(whole);
    }
}
