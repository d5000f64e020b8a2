namespace Postern.Transports.Http.Scan;

/// <summary>A token that is cancelled when the time is up or the client is gone.</summary>
internal sealed class ScanDeadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    public ScanDeadline(TimeSpan limit, TimeProvider time, CancellationToken gone)
    {
        _timer = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, gone);
    }

    public CancellationToken Token => _either.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
