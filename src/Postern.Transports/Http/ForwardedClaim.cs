using System.Net;

namespace Postern.Transports.Http;

/// <summary>What a proxy in front says of itself and of the client behind it. Its own token says who acts; the client is a claim.</summary>
/// <param name="Token">The token that it showed; empty for none. Never kept.</param>
/// <param name="User">Who signed in there; empty for nobody.</param>
/// <param name="Address">Where the client is; null when it does not say.</param>
internal sealed record ForwardedClaim(string Token, string User, IPAddress? Address);
