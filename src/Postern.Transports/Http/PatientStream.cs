namespace Postern.Transports.Http;

/// <summary>What an upstream sends, and an end to the wait for it. A read that finds bytes costs no timer.</summary>
/// <param name="inner">The response's body; the response disposes it.</param>
/// <param name="idle">The longest wait for a byte.</param>
/// <param name="gone">The client is gone.</param>
internal sealed class PatientStream(Stream inner, TimeSpan idle, CancellationToken gone) : ReadOnlyStream
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(gone);

    /// <inheritdoc/>
    /// <exception cref="UpstreamSilentException">Nothing came in time.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = inner.ReadAsync(buffer, _source.Token);
        if (read.IsCompleted)
        {
            return await read.ConfigureAwait(false);
        }

        _source.CancelAfter(idle);
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception e) when (_source.IsCancellationRequested && !gone.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            throw new UpstreamSilentException();
        }
        finally
        {
            _source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }
}
