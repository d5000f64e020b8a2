using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The forward proxy and CONNECT tunnels. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ForwardProxySection : ISection
{
    private static readonly PortRange[] s_defaultConnectPorts =
    [
        new(80, 80),
        new(443, 443),
        new(8443, 8443),
    ];

    /// <summary>Whether the main listener is a forward proxy.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long one tunnel may live.</summary>
    public int MaxTunnelSeconds { get; init; } = 3600;

    /// <summary>How long a tunnel may be silent in both directions before it is closed.</summary>
    public int IdleTimeoutSeconds { get; init; } = 120;

    /// <summary>How many tunnels may be open at once.</summary>
    public int MaxTunnels { get; init; } = 1024;

    /// <summary>How long the upstream of a forwarded request may take from the last byte it was sent to the head of its response.</summary>
    public int ResponseHeaderTimeoutSeconds { get; init; } = 300;

    /// <summary>How long an upstream may be silent between two bytes of a response.</summary>
    public int ResponseIdleTimeoutSeconds { get; init; } = 300;

    /// <summary>Where SOCKS5 clients are served.</summary>
    public string SocksListen { get; init; } = "";

    /// <summary>Where redirected connections arrive.</summary>
    public string TransparentListen { get; init; } = "";

    /// <summary>Ports that CONNECT may name.</summary>
    public IReadOnlyList<PortRange> ConnectPorts { get; init; } = s_defaultConnectPorts;

    static SectionSchema ISection.Schema => field ??= new(
        "The forward proxy: absolute-URI requests and CONNECT tunnels on the main listener.",
        new Field<ForwardProxySection>("enabled", KindOf.Flag, Weakens.Never,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether the main listener is a forward proxy. On by default, unlike in files you may know: being the proxy of an agent is what Postern is for, and without it nothing is inspected.") { NeedsRestart = true },
        new Field<ForwardProxySection>("max_tunnel_seconds", KindOf.Whole(1, 604800, "seconds", "unlimited"), Weakens.WhenRaised,
            s => s.MaxTunnelSeconds, (s, v) => s with { MaxTunnelSeconds = (int)v },
            "How long one tunnel may live. An hour lets a large download or clone end; a tunnel that is not intercepted is the one place where content passes unread.") { NeedsRestart = true },
        new Field<ForwardProxySection>("idle_timeout_seconds", KindOf.Whole(1, 86400, "seconds", "unlimited"), Weakens.WhenRaised,
            s => s.IdleTimeoutSeconds, (s, v) => s with { IdleTimeoutSeconds = (int)v },
            "How long a tunnel may be silent in both directions before it is closed.") { NeedsRestart = true },
        new Field<ForwardProxySection>("max_tunnels", KindOf.Whole(1, 65536, "tunnels"), Weakens.Never,
            s => s.MaxTunnels, (s, v) => s with { MaxTunnels = (int)v },
            "How many tunnels may be open at once; more are answered with 503. 0 is an error: each tunnel holds memory and a socket.") { NeedsRestart = true },
        new Field<ForwardProxySection>("response_header_timeout_seconds", KindOf.Whole(1, 86400, "seconds", "unlimited"), Weakens.Never,
            s => s.ResponseHeaderTimeoutSeconds, (s, v) => s with { ResponseHeaderTimeoutSeconds = (int)v },
            "How long the upstream of a forwarded request may take from the last byte it was sent to the head of its response; then the client gets a 504. Five minutes: a model that does not stream answers when it has finished.") { NeedsRestart = true },
        new Field<ForwardProxySection>("response_idle_timeout_seconds", KindOf.Whole(1, 86400, "seconds", "unlimited"), Weakens.Never,
            s => s.ResponseIdleTimeoutSeconds, (s, v) => s with { ResponseIdleTimeoutSeconds = (int)v },
            "How long an upstream may be silent between two bytes of a response; then the client gets a 504, or is cut off when the head has left already. Streams of events that rest longer need a higher value.") { NeedsRestart = true },
        new Field<ForwardProxySection>("socks_listen", KindOf.Optional(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.SocksListen, (s, v) => s with { SocksListen = (string)v },
            "Where SOCKS5 clients are served, with the ruling, the limits and the interception of CONNECT. Not set: no SOCKS5.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<ForwardProxySection>("transparent_listen", KindOf.Optional(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.TransparentListen, (s, v) => s with { TransparentListen = (string)v },
            "Where connections arrive that nftables or iptables on this Linux machine redirect, for clients that ignore proxy variables. Not set: no transparent mode.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<ForwardProxySection>("connect_ports", KindOf.Ports, Weakens.WhenGrown,
            s => s.ConnectPorts, (s, v) => s with { ConnectPorts = (IReadOnlyList<PortRange>)v },
            "Ports that CONNECT may name. The ports of the web and no others: a tunnel to a mail or database port speaks a protocol that nothing here reads."));
}
