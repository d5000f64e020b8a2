using System.Collections.Frozen;

namespace Postern.Transports.Http;

/// <summary>Which headers stay behind at the proxy (RFC 9110 §7.6.1), and which may stand only once.</summary>
internal static class HeaderRules
{
    private static readonly FrozenSet<string> s_hopByHop = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "HTTP2-Settings");

    /// <summary>Who the client is and which way a request came is not for the client to say.</summary>
    private static readonly FrozenSet<string> s_forged = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Real-IP", "X-Postern-Agent");

    /// <summary>A second one of these makes two readers disagree.</summary>
    private static readonly FrozenSet<string> s_single = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Host", "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Authorization", "Content-Range", "Range", "Expect");

    /// <summary>Content codings that can be decoded here, as Accept-Encoding says it.</summary>
    public const string ReadableCodings = "gzip, deflate, br";

    /// <summary>True for headers that are not forwarded from the client.</summary>
    public static bool StaysBehind(string name) => s_hopByHop.Contains(name) || s_forged.Contains(name);

    /// <summary>True for response headers that are not passed to the client: hop-by-hop, and the offer of a protocol that would go around.</summary>
    public static bool IsDropped(string name) => s_hopByHop.Contains(name) || name.Equals("Alt-Svc", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for headers of which two are refused.</summary>
    public static bool IsSingle(string name) => s_single.Contains(name);
}
