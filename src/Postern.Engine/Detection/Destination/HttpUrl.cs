using System.Buffers;

namespace Postern.Engine.Detection.Destination;

/// <summary>
/// An absolute http, https, ws or wss URL: ranges into the bytes it was read from, and the canonical authority. Only what can be
/// forwarded byte for byte is taken; malformed percent-encoding in path and query is, as servers see it exactly as it was sent.
/// </summary>
/// <remarks>
/// Stricter than WHATWG URL on purpose: no white space, no missing or extra slashes, no backslash before the query, no user name,
/// no raw non-ASCII outside host and fragment. Each of these is read differently by different programs.
/// </remarks>
public readonly struct HttpUrl
{
    private static readonly SearchValues<byte> s_authorityEnds = SearchValues.Create("/?#\\"u8);

    // Printable ASCII without the space.
    private const byte FirstVisible = 0x21;
    private const byte LastVisible = 0x7E;

    internal HttpUrl(UrlScheme scheme, in Authority authority)
    {
        Scheme = scheme;
        Authority = authority;
    }

    /// <summary>The scheme; <see cref="UrlScheme.None"/> for a bare authority.</summary>
    public UrlScheme Scheme { get; }

    /// <summary>False for http and ws. A bare authority is a CONNECT target: what tunnels carry is TLS until proven otherwise.</summary>
    public bool IsTls => Scheme is not (UrlScheme.Http or UrlScheme.Ws);

    /// <summary>Host and port, the default port filled in.</summary>
    public Authority Authority { get; }

    /// <summary>The host as it was written, brackets included.</summary>
    public Range RawHost { get; private init; }

    /// <summary>From the first slash to the query or fragment; empty when there is none (sent as <c>/</c>).</summary>
    public Range Path { get; private init; }

    /// <summary>After the question mark; empty when there is none.</summary>
    public Range Query { get; private init; }

    /// <summary>Path and query with the question mark: what a server is asked for. Empty means <c>/</c>.</summary>
    public Range PathAndQuery { get; private init; }

    /// <summary>After the number sign; never sent, still inspected.</summary>
    public Range Fragment { get; private init; }

    /// <summary>80 or 443; 0 for <see cref="UrlScheme.None"/>.</summary>
    public static int DefaultPort(UrlScheme scheme) => scheme switch
    {
        UrlScheme.Http or UrlScheme.Ws => 80,
        UrlScheme.Https or UrlScheme.Wss => 443,
        _ => 0,
    };

    /// <summary>The scheme a URL begins with, whatever follows; <see cref="UrlScheme.None"/> for any other than the four.</summary>
    public static UrlScheme SchemeOf(ReadOnlySpan<byte> url) => ReadScheme(url, out _);

    /// <summary>Reads a URL; the length is checked before anything else.</summary>
    /// <param name="url">The raw bytes.</param>
    /// <param name="maxBytes">Longest URL in bytes, fragment included.</param>
    /// <param name="parsed">The URL; default when the result is false.</param>
    /// <param name="fault">Why not; <see cref="UrlFault.None"/> when the result is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> url, int maxBytes, out HttpUrl parsed, out UrlFault fault)
    {
        parsed = default;
        if (url.IsEmpty || url.Length > maxBytes)
        {
            fault = url.IsEmpty ? UrlFault.Empty : UrlFault.TooLong;
            return false;
        }

        var scheme = ReadScheme(url, out var start);
        if (scheme == UrlScheme.None)
        {
            fault = UrlFault.BadScheme;
            return false;
        }

        if (!url[start..].StartsWith("//"u8))
        {
            fault = UrlFault.MissingAuthority;
            return false;
        }

        start += 2;
        var length = url[start..].IndexOfAny(s_authorityEnds);
        var end = length < 0 ? url.Length : start + length;
        fault = start == end ? UrlFault.MissingAuthority : FaultAfterAuthority(url, end, out _, out _);
        if (fault != UrlFault.None || !Authority.TryParse(url[start..end], DefaultPort(scheme), out var authority, out fault))
        {
            return false;
        }

        FaultAfterAuthority(url, end, out var query, out var fragment);
        parsed = new HttpUrl(scheme, authority)
        {
            RawHost = start..(start + RawHostLength(url[start..end])),
            Path = end..query,
            Query = Math.Min(query + 1, fragment)..fragment,
            PathAndQuery = end..fragment,
            Fragment = Math.Min(fragment + 1, url.Length)..url.Length,
        };
        return true;
    }

    private static UrlScheme ReadScheme(ReadOnlySpan<byte> url, out int end)
    {
        end = url[..Math.Min(url.Length, 6)].IndexOf((byte)':') + 1;
        if (end == 0)
        {
            return UrlScheme.None;
        }

        Span<byte> name = stackalloc byte[5];
        System.Text.Ascii.ToLower(url[..(end - 1)], name, out var length);
        name = name[..length];
        return name.SequenceEqual("https"u8) ? UrlScheme.Https
            : name.SequenceEqual("http"u8) ? UrlScheme.Http
            : name.SequenceEqual("wss"u8) ? UrlScheme.Wss
            : name.SequenceEqual("ws"u8) ? UrlScheme.Ws
            : UrlScheme.None;
    }

    // query and fragment: where their mark stands, or where it would stand.
    private static UrlFault FaultAfterAuthority(ReadOnlySpan<byte> url, int path, out int query, out int fragment)
    {
        var hash = url[path..].IndexOf((byte)'#');
        fragment = hash < 0 ? url.Length : path + hash;
        var mark = url[path..fragment].IndexOf((byte)'?');
        query = mark < 0 ? fragment : path + mark;

        var bad = url[path..fragment].IndexOfAnyExceptInRange(FirstVisible, LastVisible);
        if (bad >= 0)
        {
            return url[path + bad] >= 0x80 ? UrlFault.NonAscii : UrlFault.ControlByte;
        }

        if (url[path..query].Contains((byte)'\\'))
        {
            return UrlFault.Backslash;
        }

        return url[fragment..].ContainsAnyInRange((byte)0, (byte)0x20) || url[fragment..].Contains((byte)0x7F) ? UrlFault.ControlByte : UrlFault.None;
    }

    private static int RawHostLength(ReadOnlySpan<byte> authority)
    {
        var colon = authority.LastIndexOf((byte)':');
        return colon < 0 || colon < authority.LastIndexOf((byte)']') ? authority.Length : colon;
    }
}
