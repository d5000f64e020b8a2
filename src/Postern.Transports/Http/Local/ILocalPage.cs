using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Http.Local;

/// <summary>A page about Postern itself: read with GET or HEAD, answered with a reply of our own.</summary>
internal interface ILocalPage : ILocalEndpoint
{
    /// <summary>Answers a GET or HEAD.</summary>
    ValueTask<Reply> AnswerAsync(IHttpRequestFeature request, CancellationToken cancel);

    /// <inheritdoc/>
    async ValueTask ILocalEndpoint.ServeAsync(IHttpRequestFeature request, IFeatureCollection features, CancellationToken cancel)
    {
        var reply = request.Method is "GET" or "HEAD" ? await AnswerAsync(request, cancel).ConfigureAwait(false) : LocalEndpoints.MethodNotAllowed;
        await new ClientRelease(features).ReplyAsync(reply, cancel).ConfigureAwait(false);
    }
}
