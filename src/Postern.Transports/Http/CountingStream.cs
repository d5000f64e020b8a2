namespace Postern.Transports.Http;

/// <summary>Counts what is read through it and remembers the last bytes: coded bodies end with a checksum.</summary>
internal sealed class CountingStream(Stream inner) : ReadOnlyStream
{
    private const int TailBytes = 8;
    private readonly byte[] _tail = new byte[TailBytes];

    /// <summary>Bytes read so far.</summary>
    public long Count { get; private set; }

    /// <summary>True when the inner stream has said that it is at its end.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The last eight bytes read; the older of them are zero while there were fewer.</summary>
    public ReadOnlySpan<byte> Tail => _tail;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Count += read;
        IsAtEnd |= read == 0 && buffer.Length > 0;
        Remember(buffer.Span[..read]);
        return read;
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

    private void Remember(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= TailBytes)
        {
            bytes[^TailBytes..].CopyTo(_tail);
            return;
        }

        _tail.AsSpan(bytes.Length).CopyTo(_tail);
        bytes.CopyTo(_tail.AsSpan(TailBytes - bytes.Length));
    }
}
