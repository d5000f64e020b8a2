using System.Net;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.Hooks;
using Postern.Transports.Http.Connect;
using Postern.Transports.Http.Local;
using Postern.Transports.Http.Server;
using Postern.Transports.Socks;
using Postern.Transports.Telemetry;
using Postern.Transports.Transparent;

namespace Postern.Transports.Http;

/// <summary>The main listener: forward proxy, tunnels and Postern's own pages on one port.</summary>
public sealed class ProxyListener : IAsyncDisposable
{
    private readonly HttpAdapter _adapter;
    private readonly UpstreamRelease _upstream;
    private readonly ProxyServer _server;
    private readonly ProxySettings _settings;

    /// <summary>Composes the listener; it listens after <see cref="StartAsync"/>.</summary>
    public ProxyListener(ProxyParts parts, ProxySettings settings)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(settings);
        _upstream = new UpstreamRelease(settings.ConnectTimeout, settings.UpstreamTrust, settings.Detour);
        var checkpoint = new HttpCheckpoint(parts.Inspector, parts.Policies, _upstream, parts.Time) { Patience = settings.Patience };
        var gate = new TunnelGate(checkpoint, settings.Leaves) { MaxTunnels = settings.MaxTunnels };
        var limits = TunnelLimits.Default with { Idle = settings.TunnelIdle, Lifetime = settings.TunnelLifetime };
        var local = new LocalEndpoints(
        [
            new HealthEndpoint(parts.Policies, parts.Inspector.Halt, parts.Facts),
            new FetchEndpoint(checkpoint, settings.Fetch),
            new SocketEndpoint(checkpoint),
            .. Hooks(new HookCheckpoint(parts.Inspector, parts.Policies)),
            .. Statistics(parts, settings),
        ]);
        _adapter = new HttpAdapter(checkpoint, local);
        var tunnels = new ConnectMiddleware(gate, limits, parts.Time);
        _settings = settings;
        var socks = new SocksMiddleware(gate, limits, parts.Time);
        var transparent = new TransparentMiddleware(new TunnelServing(gate, limits, parts.Time), new OpeningRead(limits, parts.Time), settings.Whither);
        _server = new ProxyServer(
        [
            new ProxyEndpoint(settings.Listen, settings.Agent.Length > 0 ? new AgentListener(settings.Agent, settings.Listen).Before(tunnels.Bind) : tunnels.Bind) { Peers = parts.Peers, Door = settings.Door },
            .. settings.Agents.Select(agent => new ProxyEndpoint(agent.Listen, agent.Before(tunnels.Bind)) { Peers = parts.Peers }),
            .. settings.Socks is { } address ? [new ProxyEndpoint(address, socks.Bind) { Peers = parts.Peers }] : (ReadOnlySpan<ProxyEndpoint>)[],
            .. settings.Transparent is { } redirected ? [new ProxyEndpoint(redirected, transparent.Bind) { Peers = parts.Peers }] : (ReadOnlySpan<ProxyEndpoint>)[],
        ], settings.Server);
    }

    /// <summary>Where it listens; valid after the start.</summary>
    public IPEndPoint Address => _server.Bound[0];

    /// <summary>Where the agents' own listeners are, in the order of the settings; valid after the start.</summary>
    public IEnumerable<IPEndPoint> AgentAddresses => _server.Bound.Skip(1).Take(_settings.Agents.Count);

    /// <summary>Where SOCKS5 is spoken; null for nowhere. Valid after the start.</summary>
    public IPEndPoint? SocksAddress => _settings.Socks is null ? null : _server.Bound[1 + _settings.Agents.Count];

    /// <summary>Where redirected connections arrive; null for nowhere. Valid after the start.</summary>
    public IPEndPoint? TransparentAddress => _settings.Transparent is null ? null : _server.Bound[^1];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address is taken or not available.</exception>
    public Task StartAsync(CancellationToken cancel) => _server.StartAsync(_adapter.ServeAsync, cancel);

    private static ILocalEndpoint[] Hooks(HookCheckpoint checkpoint) => [new HookEndpoint(checkpoint, HookHost.Claude), new HookEndpoint(checkpoint, HookHost.Cursor)];

    private static ILocalEndpoint[] Statistics(ProxyParts parts, ProxySettings settings) => settings.ShowsStatistics
        ? [new StatsEndpoint(parts.Meter, parts.Facts), new MetricsEndpoint(parts.Metrics)]
        : [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _upstream.Dispose();
    }
}
