using Postern.Engine.Flow;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Http.Connect;

/// <summary>The tunnel is opened and what is inside it is read: requests in it reach the application with an <see cref="ITunnelFeature"/>.</summary>
/// <param name="exchange">The conversation in which it was cleared.</param>
/// <param name="host">Canonical host; server name and certificate follow it.</param>
/// <param name="port">1 to 65535.</param>
/// <param name="leaves">Mints the certificate.</param>
internal sealed class InterceptTunnel(Exchange exchange, string host, int port, LeafCertificates leaves) : OpenedTunnel(exchange, host)
{
    /// <summary>1 to 65535.</summary>
    public int Port { get; } = port;

    /// <summary>Mints the certificate.</summary>
    public LeafCertificates Leaves { get; } = leaves;
}
