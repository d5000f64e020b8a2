using System.Collections.Immutable;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration;

/// <summary>The configuration's lists and limits for destinations.</summary>
internal static class DestinationCompiler
{
    public static DestinationPolicy Compile(PosternConfig config, List<string> errors)
    {
        var monitoring = config.FetchProxy.Monitoring;
        return new DestinationPolicy(
            Strict: config.Mode == Mode.Strict,
            Allowlist: DomainsOf("api_allowlist", config.ApiAllowlist, errors),
            Blocklist: DomainsOf("fetch_proxy.monitoring.blocklist", monitoring.Blocklist, errors),
            TrustedDomains: DomainsOf("trusted_domains", config.TrustedDomains, errors),
            EntropyExclusions: DomainsOf("fetch_proxy.monitoring.subdomain_entropy_exclusions", monitoring.SubdomainEntropyExclusions, errors),
            EntropyThreshold: monitoring.EntropyThreshold,
            SubdomainEntropyThreshold: monitoring.SubdomainEntropyThreshold,
            MaxUrlBytes: monitoring.MaxUrlLength,
            RequestsPerMinute: monitoring.MaxRequestsPerMinute,
            DataPerMinute: monitoring.MaxDataPerMinute)
        {
            InternalRanges = RangesOf("internal", config.Internal, errors),
            AllowedRanges = RangesOf("ssrf.ip_allowlist", config.Ssrf.IpAllowlist, errors),
            ConnectPorts = PortsOf(config.ForwardProxy.ConnectPorts),
        };
    }

    public static DomainSet PassthroughOf(PosternConfig config, List<string> errors) =>
        DomainsOf("tls_interception.passthrough_domains", config.TlsInterception.PassthroughDomains, errors);

    internal static DomainSet DomainsOf(string key, IReadOnlyList<string> entries, List<string> errors)
    {
        if (entries.Count == 0)
        {
            return DomainSet.Empty;
        }

        var patterns = new List<DomainPattern>(entries.Count);
        foreach (var entry in entries)
        {
            if (DomainPattern.TryParse(entry, out var pattern, out var problem))
            {
                patterns.Add(pattern);
            }
            else
            {
                errors.Add($"{key}: '{entry}' {problem}");
            }
        }

        return new DomainSet(patterns);
    }

    private static ImmutableArray<IpRange> RangesOf(string key, IReadOnlyList<string> entries, List<string> errors)
    {
        var ranges = ImmutableArray.CreateBuilder<IpRange>(entries.Count);
        foreach (var entry in entries)
        {
            if (IpRange.TryParse(entry, out var range))
            {
                ranges.Add(range);
            }
            else
            {
                errors.Add($"{key}: '{entry}' is no address range in CIDR form");
            }
        }

        return ranges.ToImmutable();
    }

    /// <summary>A range of all ports is what the policy says with an empty list.</summary>
    private static ImmutableArray<int> PortsOf(IReadOnlyList<PortRange> ranges)
    {
        var ports = ImmutableArray.CreateBuilder<int>(ranges.Count);
        foreach (var range in ranges)
        {
            if (range is { First: 1, Last: 65535 })
            {
                return [];
            }

            for (var port = range.First; port <= range.Last; port++)
            {
                ports.Add(port);
            }
        }

        return ports.ToImmutable();
    }
}
