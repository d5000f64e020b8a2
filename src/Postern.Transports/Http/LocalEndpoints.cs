using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Http.Local;

namespace Postern.Transports.Http;

/// <summary>
/// Requests for Postern itself. The Host must be an address or localhost: a page in a browser that points its own name here
/// (DNS rebinding) gets nothing.
/// </summary>
internal sealed class LocalEndpoints(IReadOnlyList<ILocalEndpoint> endpoints)
{
    /// <summary>Answers.</summary>
    public async Task ServeAsync(IFeatureCollection features, IHttpRequestFeature request, CancellationToken cancel)
    {
        var reply = await AnswerAsync(request, cancel).ConfigureAwait(false);
        await new ClientRelease(features).ReplyAsync(reply, cancel).ConfigureAwait(false);
    }

    private ValueTask<Reply> AnswerAsync(IHttpRequestFeature request, CancellationToken cancel)
    {
        if (!IsLocalHost(request.Headers.Host.ToString()))
        {
            return new(Reply.Fault(400, "Not a proxy request", "This address is a proxy. Send an absolute URL or CONNECT, or address it by IP or localhost."));
        }

        if (request.Method is not ("GET" or "HEAD"))
        {
            return new(Reply.Fault(405, "Method not allowed", "Postern's own pages are read with GET."));
        }

        foreach (var endpoint in endpoints)
        {
            if (request.Path == endpoint.Path)
            {
                return endpoint.AnswerAsync(request, cancel);
            }
        }

        return new(Reply.Fault(404, "No such page", "Known: " + string.Join(", ", endpoints.Select(static endpoint => endpoint.Path)) + "."));
    }

    private static bool IsLocalHost(string host)
    {
        var end = host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) + 1 : host.LastIndexOf(':');
        var name = end > 0 ? host[..end] : host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(name.Trim('[', ']'), out _);
    }
}
