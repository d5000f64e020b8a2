using System.Collections.Immutable;

namespace Postern.Engine.Detection.Destination;

/// <summary>Where an agent may go, compiled from the configuration. Special addresses are refused whatever it says, save its exceptions.</summary>
/// <param name="Strict">True when only <paramref name="Allowlist"/> is reachable (<c>mode: strict</c>). Default false.</param>
/// <param name="Allowlist"><c>api_allowlist</c>; null means empty, which in strict mode refuses every host.</param>
/// <param name="Blocklist"><c>fetch_proxy.monitoring.blocklist</c>; stronger than the allow-list. Null means empty.</param>
/// <param name="TrustedDomains"><c>trusted_domains</c>: names that may resolve to internal addresses, never to metadata services;
/// address literals in it have no effect. Null means empty.</param>
/// <param name="EntropyExclusions"><c>fetch_proxy.monitoring.subdomain_entropy_exclusions</c>: path and subdomains are not measured,
/// the query is. Null means empty.</param>
/// <param name="EntropyThreshold">Bits per byte that path segments, query keys and values may reach; 0 = off, default 4.5.</param>
/// <param name="SubdomainEntropyThreshold">Bits per byte that labels left of the last two may reach; 0 = off, default 4.0.</param>
/// <param name="MaxUrlBytes">Longest URL, fragment included; default 2048.</param>
/// <param name="RequestsPerMinute">Requests to one registrable domain in 60 seconds; 0 = unlimited, default 1200.</param>
/// <param name="DataPerMinute">Bytes exchanged with one registrable domain in 60 seconds; 0 = unlimited, the default.</param>
public sealed record DestinationPolicy(
    bool Strict = false,
    DomainSet? Allowlist = null,
    DomainSet? Blocklist = null,
    DomainSet? TrustedDomains = null,
    DomainSet? EntropyExclusions = null,
    double EntropyThreshold = 4.5,
    double SubdomainEntropyThreshold = 4.0,
    int MaxUrlBytes = 2048,
    int RequestsPerMinute = 1200,
    long DataPerMinute = 0)
{
    /// <summary>Further addresses that are refused (<c>internal</c>); default none.</summary>
    public ImmutableArray<IpRange> InternalRanges { get; init; } = [];

    /// <summary>Addresses that are permitted although special or internal (<c>ssrf.ip_allowlist</c>), as dialled: an IPv4 block does
    /// not open IPv6 addresses that embed it. Default none.</summary>
    public ImmutableArray<IpRange> AllowedRanges { get; init; } = [];

    /// <summary>Ports a CONNECT may name (<c>forward_proxy.connect_ports</c>); empty = every port, default 80, 443 and 8443.</summary>
    public ImmutableArray<int> ConnectPorts { get; init; } = [80, 443, 8443];
}
