namespace Postern.Transports.Http;

/// <summary>A response whose head is there and whose body is still to be read. Keeps the request's bytes and its pool until it is done.</summary>
internal sealed class UpstreamResponse(HttpResponseMessage response, UpstreamRequest request) : IDisposable
{
    /// <summary>The response.</summary>
    public HttpResponseMessage Response => response;

    /// <inheritdoc/>
    public void Dispose()
    {
        response.Dispose();
        request.Dispose();
    }
}
