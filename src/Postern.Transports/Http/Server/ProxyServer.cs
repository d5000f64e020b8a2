using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Postern.Transports.Http.Server;

/// <summary>
/// Kestrel without a web application around it: no host, no container, no logging, half the start-up time. HTTP/1.1 on plain
/// connections; HTTP/2 where a middleware announces TLS with it.
/// </summary>
public sealed class ProxyServer : IAsyncDisposable
{
    // RFC 9112 §2.2 lets a server take LF alone for a line end, and Kestrel does by default; peers that do not would see another request.
    private const string RefuseBareLineFeeds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    private readonly KestrelServer _server;
    private readonly ProxyServerOptions _options;
    private readonly List<ListenOptions> _listeners = [];

    /// <summary>Prepares the server; listens after <see cref="StartAsync(Func{IFeatureCollection, Task}, CancellationToken)"/>.</summary>
    /// <param name="endpoints">At least one.</param>
    /// <param name="options">Bounds.</param>
    public ProxyServer(IReadOnlyList<ProxyEndpoint> endpoints, ProxyServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(endpoints.Count, nameof(endpoints));
        _options = options;
        var kestrel = Configure(options);
        foreach (var endpoint in endpoints)
        {
            kestrel.Listen(endpoint.Address, listener => Listen(listener, endpoint));
        }

        var sockets = new SocketTransportOptions
        {
            // Saves a thread hop per read: 15 instead of 22 µs per request. The price: the application must not block, and hands long work to the pool.
            UnsafePreferInlineScheduling = true,
            CreateBoundListenSocket = address =>
                endpoints.FirstOrDefault(endpoint => endpoint.Door is not null && endpoint.Address.Equals(address))?.Door ?? SocketTransportOptions.CreateDefaultBoundListenSocket(address),
        };
        var transport = new SocketTransportFactory(Options.Create(sockets), NullLoggerFactory.Instance);
        _server = new KestrelServer(Options.Create(kestrel), transport, NullLoggerFactory.Instance);
    }

    /// <summary>The addresses listened on, in the order given, with the ports that the system chose. Valid after the start.</summary>
    public IReadOnlyList<IPEndPoint> Bound => [.. _listeners.Select(listener => listener.IPEndPoint!)];

    /// <summary>Starts to listen and serves each request with one call.</summary>
    /// <param name="serve">Gets the features of one request; owns them until its task ends. Runs on the I/O thread until its first await.</param>
    /// <param name="ct">Gives up starting.</param>
    /// <exception cref="IOException">An address is taken or not available.</exception>
    public Task StartAsync(Func<IFeatureCollection, Task> serve, CancellationToken ct) => StartAsync(new FeatureApplication(serve), ct);

    /// <summary>Starts to listen and serves with an application that has its own context type.</summary>
    /// <typeparam name="TContext">The application's context of one request.</typeparam>
    /// <param name="application">Serves requests.</param>
    /// <param name="ct">Gives up starting.</param>
    /// <exception cref="IOException">An address is taken or not available.</exception>
    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken ct)
        where TContext : notnull => _server.StartAsync(application, ct);

    /// <summary>Stops listening, lets requests finish for <see cref="ProxyServerOptions.ShutdownSeconds"/>, then aborts what is left.</summary>
    /// <param name="ct">Aborts at once.</param>
    public async Task StopAsync(CancellationToken ct)
    {
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(ct);
        grace.CancelAfter(TimeSpan.FromSeconds(_options.ShutdownSeconds));
        await _server.StopAsync(grace.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _server.Dispose();
    }

    private void Listen(ListenOptions listener, ProxyEndpoint endpoint)
    {
        listener.Protocols = HttpProtocols.Http1AndHttp2;
        _listeners.Add(listener);
        if (endpoint.Peers is { } peers)
        {
            listener.Use(peers.Bind);
        }

        if (endpoint.Middleware is { } middleware)
        {
            listener.Use(middleware);
        }
    }

    private static KestrelServerOptions Configure(ProxyServerOptions options)
    {
        AppContext.SetSwitch(RefuseBareLineFeeds, true);
        var kestrel = new KestrelServerOptions
        {
            AddServerHeader = false,
            AllowAlternateSchemes = options.MixesSchemes,
            // An absolute-form target wins over Host (RFC 9112 §3.2.2); the adapter compares the two itself.
            AllowHostHeaderOverride = true,
            // Bytes above 127 are inspected and passed on as they came, not decoded as UTF-8 and refused.
            RequestHeaderEncodingSelector = static _ => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static _ => Encoding.Latin1,
        };
        var limits = kestrel.Limits;
        limits.MaxRequestLineSize = options.MaxRequestLineBytes;
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.MaxRequestHeaderCount = options.MaxHeaderCount;
        limits.MaxRequestBufferSize = Math.Max(limits.MaxRequestBufferSize ?? 0, Math.Max(options.MaxHeaderBytes, options.MaxRequestLineBytes));
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeadersTimeoutSeconds);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);
        // Bodies are bounded by the adapter, which streams what it does not hold.
        limits.MaxRequestBodySize = null;
        // A pause in a body is normal for what is proxied here: bidirectional gRPC, long uploads that wait for the upstream.
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.Http2.MaxRequestHeaderFieldSize = options.MaxHeaderBytes;
        return kestrel;
    }
}
