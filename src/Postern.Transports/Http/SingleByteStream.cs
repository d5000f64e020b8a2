namespace Postern.Transports.Http;

/// <summary>Gives one byte per read, so that its reader takes none that it does not need.</summary>
internal sealed class SingleByteStream(Stream inner) : ReadOnlyStream
{
    private const int ChunkBytes = 4096;
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private int _next;
    private int _length;

    /// <summary>True when there was not a single byte.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>True when a reader was told of the end.</summary>
    public bool IsAtEnd { get; private set; }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_next == _length)
        {
            (_next, _length) = (0, await inner.ReadAsync(_chunk, cancellationToken).ConfigureAwait(false));
            IsAtEnd |= _length == 0;
            IsEmpty &= _length == 0;
        }

        if (_length == 0)
        {
            return 0;
        }

        buffer.Span[0] = _chunk[_next++];
        return 1;
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
