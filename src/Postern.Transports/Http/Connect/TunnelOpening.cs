using Postern.Transports.Http.Tls;

namespace Postern.Transports.Http.Connect;

/// <summary>How the client opened a relayed tunnel.</summary>
/// <param name="Hello">Its ClientHello; null when the first bytes were not TLS.</param>
internal sealed record TunnelOpening(ClientHello? Hello)
{
    /// <summary>TLS, and the server name is the host of the authority: the only opening that proves where the tunnel leads.</summary>
    public bool NamesHost => Hello?.ServerName is not null;
}
