using Postern.Engine.Flow;

namespace Postern.Transports.Http.Connect;

/// <summary>The CONNECT was cleared and the tunnel opens: <see cref="InterceptTunnel"/> or <see cref="RelayTunnel"/>.</summary>
/// <param name="exchange">The conversation in which it was cleared; what becomes of the tunnel is recorded there.</param>
/// <param name="host">Canonical host: lower-case ASCII without trailing dot, or an IP address without brackets. A server name must equal it.</param>
internal abstract class OpenedTunnel(Exchange exchange, string host) : TunnelDecision
{
    /// <summary>The conversation in which the CONNECT was cleared.</summary>
    public Exchange Exchange { get; } = exchange;

    /// <summary>Canonical host.</summary>
    public string Host { get; } = host;
}
