using System.Net;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Control.Api;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Control;

/// <summary>The operator's port: control API and dashboard, on a listener that no agent has business with.</summary>
public sealed class ControlListener : IAsyncDisposable
{
    private readonly ControlParts _parts;
    private readonly SecretText _own;
    private readonly ProxyServer _server;
    private readonly ControlAdapter _adapter;
    private volatile ControlSettings _settings;

    /// <summary>Composes the listener; it listens after <see cref="StartAsync"/>.</summary>
    /// <param name="parts">What it steers.</param>
    /// <param name="listen">Where; port 0 lets the system choose.</param>
    /// <param name="section">Who may use it and how often; its <c>listen</c> was read by the caller.</param>
    /// <param name="own">The token that holds when the section names none.</param>
    public ControlListener(ControlParts parts, IPEndPoint listen, ControlSection section, SecretText own)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(section);
        (_parts, _own) = (parts, own);
        _settings = new ControlSettings(section, own, parts.Time);
        _adapter = new ControlAdapter(parts, () => _settings);
        var options = new ProxyServerOptions(MaxRequestLineBytes: 8 * 1024, MaxHeaderBytes: 32 * 1024, MaxConnections: 100, HeadersTimeoutSeconds: 10, ShutdownSeconds: 1);
        _server = new ProxyServer([new ProxyEndpoint(listen)], options);
    }

    /// <summary>Where it listens; valid after the start.</summary>
    public IPEndPoint Address => _server.Bound[0];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address is taken or not available.</exception>
    public Task StartAsync(CancellationToken cancel) => _server.StartAsync(_adapter.ServeAsync, cancel);

    /// <summary>Takes over tokens and rate for requests that begin now; watchers whose token is gone are ended.</summary>
    public void Apply(ControlSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        _settings = new ControlSettings(section, _own, _parts.Time);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
