using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Postern.Transports.Http.Local;
using Postern.Transports.Http.Server;
using Postern.Transports.Http.Tls;
using Postern.Transports.Transparent;

namespace Postern.Transports.Http;

/// <summary>How the main listener is set up; fixed until it is restarted.</summary>
/// <param name="Listen">Where.</param>
public sealed record ProxySettings(IPEndPoint Listen)
{
    /// <summary>A socket that listens already, in another network namespace; null to listen on <see cref="Listen"/> in this one. Owned by the listener.</summary>
    public Socket? Door { get; init; }

    /// <summary>The agent that the main listener belongs to; empty for everybody's.</summary>
    public string Agent { get; init; } = string.Empty;

    /// <summary>Addresses that belong to single agents.</summary>
    public IReadOnlyList<AgentListener> Agents { get; init; } = [];

    /// <summary>Where SOCKS5 is spoken; null for nowhere.</summary>
    public IPEndPoint? Socks { get; init; }

    /// <summary>Where redirected connections arrive; null for nowhere.</summary>
    public IPEndPoint? Transparent { get; init; }

    /// <summary>Where such a connection was going.</summary>
    internal Func<ConnectionContext, IPEndPoint?> Whither { get; init; } = OriginalDestination.Of;

    /// <summary>Mints certificates for tunnels that are read; null leaves every tunnel opaque.</summary>
    public LeafCertificates? Leaves { get; init; }

    /// <summary>How long dialling may take; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long upstreams of forwarded requests may be silent.</summary>
    public UpstreamPatience Patience { get; init; } = new();

    /// <summary>An opaque tunnel without a byte; default 120 s.</summary>
    public TimeSpan TunnelIdle { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>An opaque tunnel altogether; default one hour.</summary>
    public TimeSpan TunnelLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Tunnels open at once, read or opaque; one more is refused with 503. Default 1,024, the reference's.</summary>
    public int MaxTunnels { get; init; } = 1024;

    /// <summary>Whose certificates upstreams may show; null trusts whom the system trusts.</summary>
    public X509ChainPolicy? UpstreamTrust { get; init; }

    /// <summary>A simulation's own server, which is dialled instead of every judged address; null in earnest, and no configuration sets it.</summary>
    public IPEndPoint? Detour { get; init; }

    /// <summary>False when /stats and /metrics have a listener of their own; /health stays. Default true.</summary>
    public bool ShowsStatistics { get; init; } = true;

    /// <summary>What /fetch may do.</summary>
    public FetchSettings Fetch { get; init; } = new();

    /// <summary>Bounds that hold before any policy is asked.</summary>
    public ProxyServerOptions Server { get; init; } = new();

    /// <summary>What a number of seconds in the configuration means: 0 is unlimited; a timer's range ends at 49 days, which is as good.</summary>
    public static TimeSpan SecondsOrUnlimited(int seconds) => seconds == 0 ? TimeSpan.FromDays(49) : TimeSpan.FromSeconds(seconds);
}
