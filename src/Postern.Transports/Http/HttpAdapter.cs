using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Http;

/// <summary>
/// Every request on the main listener ends up here. Its form decides what it is: an absolute target is proxied, a request
/// inside a tunnel belongs to the tunnel's authority, anything else is for Postern itself.
/// </summary>
internal sealed class HttpAdapter(HttpCheckpoint checkpoint, LocalEndpoints local)
{
    /// <summary>Serves one request to its end. Nothing escapes: what goes wrong here closes the connection.</summary>
    public async Task ServeAsync(IFeatureCollection features)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        var gone = features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        try
        {
            if (features.Get<ITunnelFeature>() is { } tunnel)
            {
                await InTunnelAsync(features, request, tunnel, gone).ConfigureAwait(false);
            }
            else if (request.RawTarget.Contains("://", StringComparison.Ordinal) && !request.RawTarget.StartsWith('/'))
            {
                await ProxyAsync(features, "forward", request.RawTarget, HostObstacle(request, request.RawTarget), gone).ConfigureAwait(false);
            }
            else
            {
                await local.ServeAsync(features, request, gone).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The client is gone or broke HTTP: there is nobody to answer.
            features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
        }
    }

    private Task InTunnelAsync(IFeatureCollection features, IHttpRequestFeature request, ITunnelFeature tunnel, CancellationToken gone)
    {
        var scheme = tunnel.Tls ? "https" : "http";
        var host = tunnel.Host.Contains(':', StringComparison.Ordinal) ? "[" + tunnel.Host + "]" : tunnel.Host;
        var isDefault = tunnel.Port == (tunnel.Tls ? 443 : 80);
        var port = tunnel.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var authority = isDefault ? host : host + ":" + port;
        var target = request.RawTarget.StartsWith('/') ? request.RawTarget : "/";
        var obstacles = HostObstacle(request, scheme + "://" + authority);
        if (!request.RawTarget.StartsWith('/') && request.RawTarget != "*")
        {
            // An absolute target inside a tunnel is a second authority.
            obstacles |= Obstacle.AuthorityMismatch;
        }

        return ProxyAsync(features, "intercept", scheme + "://" + authority + target, obstacles, gone);
    }

    private Task ProxyAsync(IFeatureCollection features, string transport, string url, Obstacle obstacles, CancellationToken gone)
    {
        var exchange = new Exchange(Actors.Local, transport, checkpoint.Policies.Current);
        return new ProxyExchange(checkpoint, exchange, features).RunAsync(url, obstacles, gone);
    }

    /// <summary>The Host header must name the authority that the request is for (RFC 9112 §3.2); two of them are one too many.</summary>
    private static Obstacle HostObstacle(IHttpRequestFeature request, string url)
    {
        var hosts = request.Headers.Host;
        if (hosts.Count != 1)
        {
            return hosts.Count == 0 ? Obstacle.AuthorityMismatch : Obstacle.AmbiguousFraming;
        }

        return AuthorityCheck.Agrees(hosts[0] ?? string.Empty, url) ? Obstacle.None : Obstacle.AuthorityMismatch;
    }
}
