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
    private readonly Proxying _proxying = new(checkpoint);

    /// <summary>Serves one request to its end.</summary>
    public Task ServeAsync(IFeatureCollection features) => Serving.RunAsync(features, RouteAsync);

    private Task RouteAsync(IFeatureCollection features, CancellationToken gone)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        if (IsStrayConnect(features, request))
        {
            return RefuseConnectAsync(features, request, gone);
        }

        if (features.Get<ITunnelFeature>() is { } tunnel)
        {
            return InTunnelAsync(features, request, tunnel, gone);
        }

        return request.RawTarget.Contains("://", StringComparison.Ordinal) && !request.RawTarget.StartsWith('/')
            ? _proxying.RunAsync(features, checkpoint.Policies.BeginExchange("forward", features), request.RawTarget, HostObstacle(request, request.RawTarget), gone)
            : local.ServeAsync(features, request, gone);
    }

    /// <summary>
    /// A CONNECT that is not the first request of its connection, or stands inside a tunnel: nobody would look at what follows
    /// it. Only the WebSocket of RFC 8441 is written this way and read here.
    /// </summary>
    private static bool IsStrayConnect(IFeatureCollection features, IHttpRequestFeature request) =>
        request.Method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase)
        && features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true, Protocol: "websocket" };

    private async Task RefuseConnectAsync(IFeatureCollection features, IHttpRequestFeature request, CancellationToken gone)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, request.Method);
        writer.Add(PartKind.Url, request.RawTarget);
        var asksForUpgrade = features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
        var obstacles = Obstacle.BrokenProtocol | (asksForUpgrade ? Obstacle.UnknownUpgrade : Obstacle.None);
        using var message = writer.Seal(new MessageFacts(MessageKind.Connect, Direction.Outbound) { Obstacles = obstacles });
        var exchange = checkpoint.Policies.BeginExchange("connect", features);
        var ruling = await checkpoint.Inspector.InspectAsync(exchange, message, gone).ConfigureAwait(false);
        var reply = ruling.TryClear(out _, out var refused) ? Serving.Failed : Reply.Of(refused);
        await new ClientRelease(features).ReplyAsync(reply, gone).ConfigureAwait(false);
    }

    private Task<bool> InTunnelAsync(IFeatureCollection features, IHttpRequestFeature request, ITunnelFeature tunnel, CancellationToken gone)
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

        return _proxying.RunAsync(features, checkpoint.Policies.BeginExchange("intercept", features), scheme + "://" + authority + target, obstacles, gone);
    }

    /// <summary>The Host header must name the authority that the request is for (RFC 9112 §3.2); two of them are one too many.</summary>
    internal static Obstacle HostObstacle(IHttpRequestFeature request, string url)
    {
        var hosts = request.Headers.Host;
        if (hosts.Count != 1)
        {
            return hosts.Count == 0 ? Obstacle.AuthorityMismatch : Obstacle.AmbiguousFraming;
        }

        return AuthorityCheck.Agrees(hosts[0] ?? string.Empty, url) ? Obstacle.None : Obstacle.AuthorityMismatch;
    }
}
