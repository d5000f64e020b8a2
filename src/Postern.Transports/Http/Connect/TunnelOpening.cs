using Postern.Transports.Http.Tls;

namespace Postern.Transports.Http.Connect;

/// <summary>How the client opened a relayed tunnel.</summary>
/// <param name="Hello">Its ClientHello; null when the first bytes were not TLS.</param>
internal sealed record TunnelOpening(ClientHello? Hello);
