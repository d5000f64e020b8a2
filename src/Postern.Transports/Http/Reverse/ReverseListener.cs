using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Http.Reverse;

/// <summary>The reverse proxy: requests for servers of the operator's own, each by the same checkpoint as everything else.</summary>
public sealed class ReverseListener : IAsyncDisposable
{
    private static readonly Reply s_unknown = Reply.Fault(404, "No such route", "No server stands behind this host and path. Configure reverse_proxy.routes.");

    private readonly HttpCheckpoint _checkpoint;
    private readonly Proxying _proxying;
    private readonly ReverseRoutes _routes;
    private readonly ProxyServer _server;
    private readonly ReverseSettings _settings;
    private readonly TimeProvider _time;
    private HealthProbeRelease? _probe;

    /// <summary>Composes; listens after <see cref="StartAsync"/>.</summary>
    public ReverseListener(ProxyParts parts, ReverseSettings settings)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _time) = (settings, parts.Time);
        var upstream = new UpstreamRelease(settings.ConnectTimeout, settings.UpstreamTrust);
        _checkpoint = new HttpCheckpoint(parts.Inspector, parts.Policies, upstream, parts.Time) { Patience = settings.Patience };
        _proxying = new Proxying(_checkpoint);
        _routes = new ReverseRoutes(settings.Targets, parts.Time, settings.Rest);
        _server = new ProxyServer([new ProxyEndpoint(settings.Listen, PriorKnowledge.Bind) { Peers = parts.Peers }], settings.Server with { MixesSchemes = true });
    }

    /// <summary>Where it listens; valid after the start.</summary>
    public IPEndPoint Address => _server.Bound[0];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address is taken or not available.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        await _server.StartAsync(features => Serving.RunAsync(features, RouteAsync), cancel).ConfigureAwait(false);
        _probe = new HealthProbeRelease([.. _routes.Watched], _settings.Rest, _settings.UpstreamTrust, _time);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_probe is not null)
        {
            await _probe.DisposeAsync().ConfigureAwait(false);
        }

        await _server.DisposeAsync().ConfigureAwait(false);
        _checkpoint.Upstream.Dispose();
    }

    private async Task RouteAsync(IFeatureCollection features, CancellationToken gone)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        var target = request.RawTarget.StartsWith('/') ? request.RawTarget : "/";
        var host = request.Headers.Host;
        if (_routes.Find(host.ToString(), target, out var url) is not { } server)
        {
            await new ClientRelease(features).ReplyAsync(s_unknown, gone).ConfigureAwait(false);
            return;
        }

        var obstacles = (host.Count == 1 ? Obstacle.None : Obstacle.AmbiguousFraming)
            | (request.RawTarget.StartsWith('/') ? Obstacle.None : Obstacle.AuthorityMismatch)
            | (Climbs(target) ? Obstacle.BrokenProtocol : Obstacle.None);
        var exchange = _checkpoint.Policies.BeginExchange("reverse", features);
        var answered = await _proxying.RunAsync(features, exchange, url, obstacles, gone).ConfigureAwait(false);
        server.Note(failed: !answered);
    }

    /// <summary>True when the server might read another path than the one that the route was chosen by.</summary>
    private static bool Climbs(string target)
    {
        var path = target.AsSpan(0, target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var end ? end : target.Length);
        var plain = path.ToString().Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Replace("%2f", "/", StringComparison.OrdinalIgnoreCase).Replace("%5c", "/", StringComparison.OrdinalIgnoreCase).Replace('\\', '/');
        return plain.Contains("/./", StringComparison.Ordinal) || plain.Contains("/../", StringComparison.Ordinal) || plain.EndsWith("/.", StringComparison.Ordinal) || plain.EndsWith("/..", StringComparison.Ordinal);
    }
}
