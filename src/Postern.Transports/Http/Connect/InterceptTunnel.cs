using Postern.Transports.Http.Tls;

namespace Postern.Transports.Http.Connect;

/// <summary>The tunnel is opened and what is inside it is read: requests in it reach the application with an <see cref="ITunnelFeature"/>.</summary>
/// <param name="host">Canonical host: lower-case ASCII without trailing dot, or an IP address without brackets. Server name and certificate follow it.</param>
/// <param name="port">1 to 65535.</param>
/// <param name="leaves">Mints the certificate.</param>
/// <param name="state">Handed on as <see cref="ITunnelFeature.State"/>; may be null.</param>
internal sealed class InterceptTunnel(string host, int port, LeafCertificates leaves, object? state) : TunnelDecision
{
    /// <summary>Canonical host.</summary>
    public string Host { get; } = host;

    /// <summary>1 to 65535.</summary>
    public int Port { get; } = port;

    /// <summary>Mints the certificate.</summary>
    public LeafCertificates Leaves { get; } = leaves;

    /// <summary>For the application.</summary>
    public object? State { get; } = state;
}
