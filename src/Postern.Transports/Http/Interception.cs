using Postern.Engine.Detection.Destination;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Http;

/// <summary>How tunnels are read.</summary>
/// <param name="Leaves">Mints a certificate per host.</param>
/// <param name="Passthrough">Hosts whose tunnels stay opaque.</param>
internal sealed record Interception(LeafCertificates Leaves, DomainSet Passthrough)
{
    /// <summary>True when the tunnel to <paramref name="host"/> is not read.</summary>
    public bool PassesThrough(in CanonicalHost host) => Passthrough.Contains(host);
}
