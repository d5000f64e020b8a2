namespace Postern.Transports.Http.Tls;

/// <summary>What a client says in clear before encryption starts.</summary>
/// <param name="ServerName">The host of the SNI extension as sent, case kept; null when there is none.</param>
/// <param name="Protocols">ALPN identifiers in the client's order, one character per byte; empty when there are none.</param>
/// <param name="HasEncryptedHello">
/// An ECH extension is there: the true name may be another one. Browsers also send it as a decoy (GREASE), so presence alone proves nothing.
/// </param>
internal sealed record ClientHello(string? ServerName, IReadOnlyList<string> Protocols, bool HasEncryptedHello);
