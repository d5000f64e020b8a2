using System.Net;
using Postern.Transports.Http.Local;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Http;

/// <summary><c>metrics_listen</c>: Postern's own pages on a port of their own, where agents cannot reach them.</summary>
public sealed class PagesListener : IAsyncDisposable
{
    private readonly LocalEndpoints _pages;
    private readonly ProxyServer _server;

    /// <summary>Composes the listener; it listens after <see cref="StartAsync"/>.</summary>
    public PagesListener(ProxyParts parts, IPEndPoint listen)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _pages = new LocalEndpoints(
        [
            new HealthEndpoint(parts.Policies, parts.Inspector.Halt, parts.Facts),
            new StatsEndpoint(parts.Meter, parts.Facts),
            new MetricsEndpoint(parts.Metrics),
        ]);
        _server = new ProxyServer([new ProxyEndpoint(listen)], new ProxyServerOptions());
    }

    /// <summary>Where it listens; valid after the start.</summary>
    public IPEndPoint Address => _server.Bound[0];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address is taken or not available.</exception>
    public Task StartAsync(CancellationToken cancel) => _server.StartAsync(_pages.ServeRequestAsync, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
