using System.Net;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Http.Scan;

/// <summary>The Scan API on a listener of its own: verdicts for other programs.</summary>
public sealed class ScanListener : IAsyncDisposable
{
    private readonly ScanParts _parts;
    private readonly ProxyServer _server;
    private readonly ScanAdapter _adapter;
    private volatile ScanSettings _settings;

    /// <summary>Composes the listener; it listens after <see cref="StartAsync"/>.</summary>
    /// <param name="parts">What it is made of.</param>
    /// <param name="listen">Where; port 0 lets the system choose.</param>
    /// <param name="section">What may be asked, by whom and how often; its <c>listen</c> was read by the caller.</param>
    public ScanListener(ScanParts parts, IPEndPoint listen, ScanApiSection section)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(section);
        _parts = parts;
        _settings = new ScanSettings(section, parts.Time);
        _adapter = new ScanAdapter(parts, () => _settings);
        var options = new ProxyServerOptions(
            MaxRequestLineBytes: 8 * 1024,
            MaxHeaderBytes: 32 * 1024,
            MaxConnections: section.ConnectionLimit == 0 ? long.MaxValue : section.ConnectionLimit,
            HeadersTimeoutSeconds: section.Timeouts.ReadSeconds);
        _server = new ProxyServer([new ProxyEndpoint(listen)], options);
    }

    /// <summary>Where it listens; valid after the start.</summary>
    public IPEndPoint Address => _server.Bound[0];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address is taken or not available.</exception>
    public Task StartAsync(CancellationToken cancel) => _server.StartAsync(_adapter.ServeAsync, cancel);

    /// <summary>Takes over a new configuration for requests that begin now. Address and connection limit stay as they are.</summary>
    public void Apply(ScanApiSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        _settings = new ScanSettings(section, _parts.Time);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
