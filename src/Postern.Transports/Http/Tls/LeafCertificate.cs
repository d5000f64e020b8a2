using System.Net.Security;

namespace Postern.Transports.Http.Tls;

/// <summary>A minted certificate in the cache.</summary>
/// <param name="Host">The canonical host that it is for.</param>
/// <param name="Context">What the handshake uses; shared by every connection to the host, so that sessions resume.</param>
/// <param name="RenewAt">From here on it is minted anew; before <paramref name="ExpiresAt"/>.</param>
/// <param name="ExpiresAt">End of validity.</param>
internal sealed record LeafCertificate(string Host, SslStreamCertificateContext Context, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt);
