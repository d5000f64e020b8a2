namespace Postern.Transports.Http;

/// <summary>What one request holds on to until its exchange is over.</summary>
internal sealed class UpstreamRequest(HttpRequestMessage request, IDisposable sent, Action returnPool) : IDisposable
{
    private bool _isDisposed;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        request.Dispose();
        sent.Dispose();
        returnPool();
    }
}
