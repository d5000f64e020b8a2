using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Transports.Http;

/// <summary>Compares a Host header with the authority of a URL, default ports filled in, in canonical form.</summary>
internal static class AuthorityCheck
{
    /// <summary>True when both name the same place, and when the URL cannot be read at all: then the URL's own fault is told instead.</summary>
    public static bool Agrees(string hostHeader, string url)
    {
        var scheme = SchemeOf(url);
        var separator = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme == UrlScheme.None || separator < 0)
        {
            return true;
        }

        var defaultPort = HttpUrl.DefaultPort(scheme);
        var rest = url.AsSpan(separator + 3);
        var end = rest.IndexOfAny('/', '?', '#');
        return !TryParse(end < 0 ? rest : rest[..end], defaultPort, out var wanted)
            || (TryParse(hostHeader, defaultPort, out var named) && named == wanted);
    }

    private static UrlScheme SchemeOf(string url)
    {
        Span<byte> start = stackalloc byte[8];
        var length = Encoding.Latin1.GetBytes(url.AsSpan(0, Math.Min(url.Length, start.Length)), start);
        return HttpUrl.SchemeOf(start[..length]);
    }

    private static bool TryParse(ReadOnlySpan<char> text, int defaultPort, out Authority authority)
    {
        authority = default;
        if (text.Length > 1024)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[text.Length];
        Encoding.Latin1.GetBytes(text, bytes);
        return Authority.TryParse(bytes, defaultPort, out authority, out _);
    }
}
