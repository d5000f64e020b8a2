using System.Net;
using System.Net.Sockets;
using Postern.Engine.Configuration;
using Postern.Transports.Control;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Dns;
using Postern.Transports.Http;
using Postern.Transports.Http.Local;
using Postern.Transports.Http.Reverse;
using Postern.Transports.Http.Scan;
using Postern.Transports.Http.Server;
using Postern.Transports.Http.Tls;
using Postern.Transports.Icap;

namespace Postern.Program.Running;

/// <summary>Everything that listens: the proxy, and the reverse proxy, the Scan API and Postern's pages where they have ports of their own.</summary>
internal sealed class Listeners : IAsyncDisposable
{
    private readonly ProxyListener _proxy;
    private readonly ScanListener? _scan;
    private readonly PagesListener? _pages;
    private readonly ReverseListener? _reverse;
    private readonly DnsListener? _dns;
    private readonly IcapListener? _icap;
    private readonly IReadOnlyList<AgentListener> _agents;

    /// <summary>Composes; nothing listens yet.</summary>
    public Listeners(PosternConfig config, FirewallOptions options, ProxyParts parts, LeafCertificates? leaves, Socket? door)
    {
        var settings = SettingsOf(config, options.Listen, leaves) with { Agent = options.Agent, Door = door, UpstreamTrust = options.Simulation?.Trust, Detour = options.Simulation?.Detour };
        _agents = settings.Agents;
        _proxy = new ProxyListener(parts, settings);
        if (config.ScanApi.Listen.Length > 0)
        {
            var scan = new ScanParts(parts.Inspector, parts.Policies, Product.Version, parts.Time);
            _scan = new ScanListener(scan, EndPointOf(config.ScanApi.Listen), config.ScanApi);
        }

        _reverse = config.ReverseProxy.Listen.Length > 0 ? new ReverseListener(parts, SettingsOf(config, config.ReverseProxy)) : null;
        _dns = config.DnsProxy.Listen.Length > 0 ? new DnsListener(parts, EndPointOf(config.DnsProxy.Listen), config.DnsProxy.Refusal) : null;
        _icap = config.Icap.Listen.Length > 0 ? new IcapListener(parts, SettingsOf(config, config.Icap)) : null;
        _pages = config.MetricsListen.Length > 0 ? new PagesListener(parts, EndPointOf(config.MetricsListen)) : null;
    }

    /// <summary>The operator's port; null for none. Owned.</summary>
    public ControlListener? Control { get; init; }

    /// <summary>Where the proxy listens; valid after the start.</summary>
    public IPEndPoint Proxy => _proxy.Address;

    /// <summary>The other addresses, each with its use; valid after the start.</summary>
    public IEnumerable<(string Use, IPEndPoint Address)> Others
    {
        get
        {
            foreach (var (agent, address) in _agents.Zip(_proxy.AgentAddresses))
            {
                yield return ("agent " + agent.Agent, address);
            }

            if (_proxy.SocksAddress is { } socks)
            {
                yield return ("SOCKS5", socks);
            }

            if (_proxy.TransparentAddress is { } redirected)
            {
                yield return ("redirected connections", redirected);
            }

            if (_scan is not null)
            {
                yield return ("Scan API", _scan.Address);
            }

            if (_reverse is not null)
            {
                yield return ("reverse proxy", _reverse.Address);
            }

            if (_dns is not null)
            {
                yield return ("DNS", _dns.Address);
            }

            if (_icap is not null)
            {
                yield return ("ICAP", _icap.Address);
            }

            if (_pages is not null)
            {
                yield return ("health, statistics and metrics", _pages.Address);
            }

            if (Control is not null)
            {
                yield return ("dashboard and control API", Control.Address);
            }
        }
    }

    /// <summary>Begins to listen everywhere.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await _proxy.StartAsync(cancel).ConfigureAwait(false);
        await (_scan?.StartAsync(cancel) ?? Task.CompletedTask).ConfigureAwait(false);
        await (_reverse?.StartAsync(cancel) ?? Task.CompletedTask).ConfigureAwait(false);
        await (_dns?.StartAsync(cancel) ?? Task.CompletedTask).ConfigureAwait(false);
        await (_icap?.StartAsync(cancel) ?? Task.CompletedTask).ConfigureAwait(false);
        await (_pages?.StartAsync(cancel) ?? Task.CompletedTask).ConfigureAwait(false);
        await (Control?.StartAsync(cancel) ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <summary>Takes over what a reload may change.</summary>
    public void Apply(PosternConfig config)
    {
        _scan?.Apply(config.ScanApi);
        Control?.Apply(config.Control);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync().ConfigureAwait(false);
        if (_scan is not null)
        {
            await _scan.DisposeAsync().ConfigureAwait(false);
        }

        if (Control is not null)
        {
            await Control.DisposeAsync().ConfigureAwait(false);
        }

        if (_reverse is not null)
        {
            await _reverse.DisposeAsync().ConfigureAwait(false);
        }

        if (_dns is not null)
        {
            await _dns.DisposeAsync().ConfigureAwait(false);
        }

        if (_icap is not null)
        {
            await _icap.DisposeAsync().ConfigureAwait(false);
        }

        if (_pages is not null)
        {
            await _pages.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static ProxySettings SettingsOf(PosternConfig config, ListenAddress listen, LeafCertificates? leaves) => new(listen.ToEndPoint())
    {
        Leaves = leaves,
        Agents = [.. config.Agents.SelectMany(static agent => agent.Listeners.Select(address => new AgentListener(agent.Name, EndPointOf(address))))],
        Socks = config.ForwardProxy.SocksListen is { Length: > 0 } socks ? EndPointOf(socks) : null,
        Transparent = TransparentOf(config.ForwardProxy.TransparentListen),
        ConnectTimeout = TimeSpan.FromSeconds(config.FetchProxy.TimeoutSeconds),
        Patience = PatienceOf(config.ForwardProxy),
        TunnelIdle = ProxySettings.SecondsOrUnlimited(config.ForwardProxy.IdleTimeoutSeconds),
        TunnelLifetime = ProxySettings.SecondsOrUnlimited(config.ForwardProxy.MaxTunnelSeconds),
        MaxTunnels = config.ForwardProxy.MaxTunnels,
        ShowsStatistics = config.MetricsListen.Length == 0,
        Fetch = new FetchSettings
        {
            UserAgent = config.FetchProxy.UserAgent,
            MaxResponseBytes = config.FetchProxy.MaxResponseMb * 1024 * 1024,
            Timeout = TimeSpan.FromSeconds(config.FetchProxy.TimeoutSeconds),
        },
        Server = BoundsOf(config.Limits),
    };

    private static ReverseSettings SettingsOf(PosternConfig config, ReverseProxySection section) => new(EndPointOf(section.Listen), [.. ReversePlan.TargetsOf(section)])
    {
        Rest = TimeSpan.FromSeconds(section.FailSeconds),
        ConnectTimeout = TimeSpan.FromSeconds(config.FetchProxy.TimeoutSeconds),
        Patience = PatienceOf(config.ForwardProxy),
        Server = BoundsOf(config.Limits),
    };

    private static IcapSettings SettingsOf(PosternConfig config, IcapSection section) => new(EndPointOf(section.Listen)) { Patience = PatienceOf(config.ForwardProxy), Server = BoundsOf(config.Limits) };

    private static IPEndPoint? TransparentOf(string listen) => listen.Length == 0 ? null
        : OperatingSystem.IsLinux() ? EndPointOf(listen)
        : throw new ConfigException("forward_proxy.transparent_listen: only Linux says where a redirected connection was going");

    private static UpstreamPatience PatienceOf(ForwardProxySection section) => new()
    {
        Head = TimeSpan.FromSeconds(section.ResponseHeaderTimeoutSeconds),
        Idle = TimeSpan.FromSeconds(section.ResponseIdleTimeoutSeconds),
    };

    private static ProxyServerOptions BoundsOf(LimitsSection limits) => new(MaxHeaderBytes: limits.MaxHeaderBytes, MaxHeaderCount: limits.MaxHeaders);

    /// <summary>An address of the configuration.</summary>
    /// <exception cref="ConfigException">It is none.</exception>
    public static IPEndPoint EndPointOf(string text) => ListenAddress.TryParse(text, out var address)
        ? address.ToEndPoint()
        : throw new ConfigException($"{text}: not an address and port");
}
