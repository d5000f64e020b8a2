using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Mcp.Http;

/// <summary>A listener that stands in front of one MCP server over HTTP.</summary>
public sealed class McpListener : IAsyncDisposable
{
    private readonly McpParts _parts;
    private readonly McpUpstream _upstream;
    private readonly UpstreamRelease _release;
    private readonly McpHttpCheckpoint _checkpoint;
    private readonly ProxyServer _server;

    /// <summary>Composes; listens after <see cref="StartAsync"/>.</summary>
    public McpListener(McpParts parts, McpListenerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(settings);
        _parts = parts;
        _upstream = new McpUpstream(settings.Upstream);
        _release = new UpstreamRelease(settings.ConnectTimeout, settings.UpstreamTrust, settings.Detour) { Own = parts.Headers };
        _checkpoint = new McpHttpCheckpoint(new HttpCheckpoint(parts.Inspector, parts.Policies, _release, parts.Time));
        _server = new ProxyServer([new ProxyEndpoint(settings.Listen)], settings.Server);
    }

    /// <summary>Where it listens; valid after the start.</summary>
    public IPEndPoint Address => _server.Bound[0];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address is taken or not available.</exception>
    public Task StartAsync(CancellationToken cancel) => _server.StartAsync(features => Serving.RunAsync(features, ServeAsync), cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _release.Dispose();
    }

    private Task ServeAsync(IFeatureCollection features, CancellationToken gone)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        var obstacles = ObstaclesOf(request);
        var exchange = _parts.Policies.BeginExchange("mcp-http", features, _parts.Server);
        return new McpHttpExchange(_checkpoint, HttpPassage.Of(_checkpoint.Http, exchange, features)).RunAsync(TargetOf(request), obstacles, gone);
    }

    private McpTarget TargetOf(IHttpRequestFeature request)
    {
        var path = request.RawTarget.StartsWith('/') ? request.RawTarget : "/";
        return new McpTarget(_upstream.UrlOf(path)) { IsEndpoint = _upstream.IsEndpoint(path), Behind = _upstream, KnownAs = "http://" + request.Headers.Host };
    }

    /// <summary>
    /// The server sees its own name as the host, and would not notice a page in a browser that points a name of its own here, or that
    /// drives the browser here. So both are looked at where they still say something.
    /// </summary>
    private Obstacle ObstaclesOf(IHttpRequestFeature request)
    {
        var origin = request.Headers.Origin.ToString();
        var isLocal = origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.IsLoopback);
        var host = LocalEndpoints.IsLocalHost(request.Headers.Host.ToString()) ? Obstacle.None : Obstacle.AuthorityMismatch;
        if (origin.Length > 0)
        {
            request.Headers.Origin = _upstream.Origin;
        }

        return host | (isLocal ? Obstacle.None : Obstacle.ForeignOrigin);
    }
}
