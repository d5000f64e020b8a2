using System.Buffers;
using System.Collections.Frozen;
using Postern.Engine.Flow;

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
        "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Real-IP");

    /// <summary>A second one of these makes two readers disagree.</summary>
    private static readonly FrozenSet<string> s_single = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Host", "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Authorization", "Content-Range", "Range", "Expect");

    private static readonly FrozenSet<string> s_readable = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "gzip", "x-gzip", "deflate", "br", "identity");

    /// <summary>Token characters (RFC 9110 §5.6.2).</summary>
    private static readonly SearchValues<char> s_token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Controls, which some readers take for the end of a line or of a string; a tab is white space.</summary>
    private static readonly SearchValues<char> s_controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(static c => c != '\t').Select(static c => (char)c), '\u007f']);

    /// <summary>True for headers that are for the next hop only.</summary>
    public static bool IsHopByHop(string name) => s_hopByHop.Contains(name);

    /// <summary>True for headers that are not forwarded from the client.</summary>
    public static bool StaysBehind(string name) => s_hopByHop.Contains(name) || s_forged.Contains(name) || IsPosterns(name);

    /// <summary>True for response headers that are not passed to the client: hop-by-hop, and the offer of a protocol that would go around, and what only Postern says.</summary>
    public static bool IsDropped(string name) => 
        s_hopByHop.Contains(name) || name.Equals("Alt-Svc", StringComparison.OrdinalIgnoreCase) || IsPosterns(name);

    /// <summary>What of an Accept-Encoding may be asked for: the codings that can be decoded here, as they were asked for; identity when there is none.</summary>
    public static string Readable(string acceptEncoding)
    {
        var asked = acceptEncoding.Split(',', StringSplitOptions.TrimEntries);
        var readable = Array.FindAll(asked, static coding => s_readable.Contains(coding.Split(';')[0].TrimEnd()));
        return readable.Length == asked.Length ? acceptEncoding : readable.Length == 0 ? "identity" : string.Join(", ", readable);
    }

    /// <summary>True for headers of which two are refused.</summary>
    public static bool IsSingle(string name) => s_single.Contains(name);

    /// <summary>True when the value of a Connection header lists <paramref name="name"/>: then it is for the next hop only.</summary>
    public static bool IsListed(ReadOnlySpan<char> connection, string name)
    {
        foreach (var token in connection.Split(','))
        {
            if (connection[token].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A name that is no token, or a control in the value: two readers would not see the same header.</summary>
    public static Obstacle Check(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        name.ContainsAnyExcept(s_token) || value.ContainsAny(s_controls) ? Obstacle.ControlInHeader : Obstacle.None;

    /// <summary>The names by which Postern itself speaks are nobody else's.</summary>
    private static bool IsPosterns(string name) => name.StartsWith("X-Postern-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Postern-Mediation", StringComparison.OrdinalIgnoreCase);
}
