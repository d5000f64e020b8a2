using System.Net;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Detection.Tools;

/// <summary>Names that mean the same machine everywhere, so that nobody has to ask DNS what they are.</summary>
internal static class FixedHosts
{
    /// <summary>The first row: RFC 6761 §6.3, and the names that distributions put into /etc/hosts.</summary>
    private static readonly Dictionary<string, IPAddress> s_names = new (IPAddress Address, string Names)[]
    {
        (IPAddress.Loopback, "localhost localhost.localdomain localhost6 ip6-localhost ip6-loopback"),
        (new([172, 17, 0, 1]), "host.docker.internal gateway.docker.internal host.containers.internal"),
        (new([10, 96, 0, 1]), "kubernetes kubernetes.default kubernetes.default.svc kubernetes.default.svc.cluster.local"),
        (new([169, 254, 169, 254]), "metadata metadata.google.internal metadata.goog instance-data instance-data.ec2.internal"),
    }.SelectMany(static row => row.Names.Split(' ').Select(name => (name, row.Address))).ToDictionary(StringComparer.Ordinal);

    /// <summary>The address that the name stands for; null for a name that only DNS knows.</summary>
    public static IPAddress? AddressOf(in CanonicalHost host)
    {
        var name = host.ToString();
        return name.EndsWith(".localhost", StringComparison.Ordinal) ? IPAddress.Loopback : s_names.GetValueOrDefault(name);
    }
}
