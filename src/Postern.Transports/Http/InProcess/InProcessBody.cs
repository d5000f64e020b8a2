namespace Postern.Transports.Http.InProcess;

/// <summary>A response body as its reader holds it; letting go of it before the end stops whoever writes.</summary>
internal sealed class InProcessBody(Stream inner, Action leave) : ReadOnlyStream
{
    private bool _isEnded;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _isEnded |= read == 0 && buffer.Length > 0;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_isEnded)
            {
                leave();
            }

            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
