using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Http.Local;

namespace Postern.Transports.Http;

/// <summary>
/// Requests for Postern itself. The Host must be an address or localhost: a page in a browser that points its own name here
/// (DNS rebinding) gets nothing, and neither does a page of anybody else that drives the browser here.
/// </summary>
internal sealed class LocalEndpoints(IReadOnlyList<ILocalEndpoint> endpoints)
{
    /// <summary>What every page says to another method than GET and HEAD.</summary>
    public static Reply MethodNotAllowed { get; } =
        Reply.Fault(405, "Method not allowed", "Postern's own pages are read with GET.").With("Allow", "GET, HEAD");

    /// <summary>Answers a request on a listener that has nothing else.</summary>
    public Task ServeRequestAsync(IFeatureCollection features) =>
        Serving.RunAsync(features, (all, gone) => ServeAsync(all, all.GetRequiredFeature<IHttpRequestFeature>(), gone));

    /// <summary>Answers.</summary>
    public async Task ServeAsync(IFeatureCollection features, IHttpRequestFeature request, CancellationToken cancel)
    {
        if (IsLocalHost(request.Headers.Host.ToString()) && !BrowserOrigin.IsForeign(request.Headers) && Find(request.Path) is { } endpoint)
        {
            await endpoint.ServeAsync(request, features, cancel).ConfigureAwait(false);
            return;
        }

        await new ClientRelease(features).ReplyAsync(Refusal(request), cancel).ConfigureAwait(false);
    }

    private ILocalEndpoint? Find(string path)
    {
        foreach (var endpoint in endpoints)
        {
            if (path == endpoint.Path)
            {
                return endpoint;
            }
        }

        return null;
    }

    private Reply Refusal(IHttpRequestFeature request)
    {
        if (!IsLocalHost(request.Headers.Host.ToString()))
        {
            return Reply.Fault(400, "Not a proxy request", "This address is a proxy. Send an absolute URL or CONNECT, or address it by IP or localhost.");
        }

        if (BrowserOrigin.IsForeign(request.Headers))
        {
            return Reply.Fault(403, "Another site's request", "A page of another site asked for this. Postern's own pages answer programs, and browsers that were sent here by their user.");
        }

        return request.Method is "GET" or "HEAD"
            ? Reply.Fault(404, "No such page", "Known: " + string.Join(", ", endpoints.Select(static endpoint => endpoint.Path)) + ".")
            : MethodNotAllowed;
    }

    /// <summary>True for an address or localhost, with or without a port: names that a rebinding page cannot have.</summary>
    internal static bool IsLocalHost(string host)
    {
        var end = host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) + 1 : host.LastIndexOf(':');
        var name = end > 0 ? host[..end] : host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(name.Trim('[', ']'), out _);
    }
}
