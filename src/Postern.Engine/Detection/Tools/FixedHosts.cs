using System.Net;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Detection.Tools;

/// <summary>Names that mean the same machine everywhere, so that nobody has to ask DNS what they are.</summary>
internal static class FixedHosts
{
    private static readonly IPAddress s_containerHost = new([172, 17, 0, 1]);
    private static readonly IPAddress s_cluster = new([10, 96, 0, 1]);
    private static readonly IPAddress s_metadata = new([169, 254, 169, 254]);

    private static readonly Dictionary<string, IPAddress> s_names = new(StringComparer.Ordinal)
    {
        // RFC 6761 §6.3 and the names that distributions put into /etc/hosts.
        ["localhost"] = IPAddress.Loopback,
        ["localhost.localdomain"] = IPAddress.Loopback,
        ["localhost6"] = IPAddress.Loopback,
        ["ip6-localhost"] = IPAddress.Loopback,
        ["ip6-loopback"] = IPAddress.Loopback,
        ["host.docker.internal"] = s_containerHost,
        ["gateway.docker.internal"] = s_containerHost,
        ["host.containers.internal"] = s_containerHost,
        ["kubernetes"] = s_cluster,
        ["kubernetes.default"] = s_cluster,
        ["kubernetes.default.svc"] = s_cluster,
        ["kubernetes.default.svc.cluster.local"] = s_cluster,
        ["metadata"] = s_metadata,
        ["metadata.google.internal"] = s_metadata,
        ["metadata.goog"] = s_metadata,
        ["instance-data"] = s_metadata,
        ["instance-data.ec2.internal"] = s_metadata,
    };

    /// <summary>The address that the name stands for; null for a name that only DNS knows.</summary>
    public static IPAddress? AddressOf(in CanonicalHost host)
    {
        var name = host.ToString();
        return name.EndsWith(".localhost", StringComparison.Ordinal) ? IPAddress.Loopback : s_names.GetValueOrDefault(name);
    }
}
