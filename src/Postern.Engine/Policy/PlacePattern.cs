using System.Diagnostics.CodeAnalysis;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Policy;

/// <summary>
/// Where a suppression holds: at a host, below a URL, or at a place as findings print it. Which of the three is decided by the
/// text alone and once, so that what a message says (a JSON key, a path) can never be read as the name of a host.
/// </summary>
internal sealed class PlacePattern
{
    private const string SchemeEnd = "://";

    /// <summary>Places that would also be names of hosts.</summary>
    private static readonly string[] s_words = ["body", "border", "header", "method", "text", "url.host", "url.path", "url.query", "url.fragment"];

    /// <summary>How every other place begins; a leading star stands for any.</summary>
    private static readonly string[] s_beginnings = ["body", "header:", "url.", "*"];

    /// <summary>Null for a pattern of hosts or URLs.</summary>
    private readonly string? _place;

    /// <summary>Null when any host will do.</summary>
    private readonly DomainSet? _hosts;

    /// <summary>Empty when any scheme will do.</summary>
    private readonly string _scheme = string.Empty;

    /// <summary>Null for a pattern of hosts alone.</summary>
    private readonly string? _path;

    private PlacePattern(string place) => _place = place;

    private PlacePattern(DomainSet? hosts) => _hosts = hosts;

    private PlacePattern(PlacePattern hosts, string scheme, string path) => (_hosts, _scheme, _path) = (hosts._hosts, scheme, path);

    /// <summary>Reads a pattern; <paramref name="problem"/> ends a sentence that begins with it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PlacePattern? pattern, out string problem)
    {
        problem = string.Empty;
        if (Array.IndexOf(s_words, text) >= 0)
        {
            pattern = new PlacePattern(text);
        }
        else if (text.Contains(SchemeEnd, StringComparison.Ordinal))
        {
            pattern = UrlOf(text, out problem);
        }
        else if (DomainPattern.TryParse(text, out var host, out _))
        {
            pattern = new PlacePattern(new DomainSet([host]));
        }
        else if (Array.Exists(s_beginnings, beginning => text.StartsWith(beginning, StringComparison.Ordinal)) && !IsUrl(text))
        {
            pattern = new PlacePattern(text);
        }
        else
        {
            pattern = IsUrl(text) ? UrlOf(text, out problem) : null;
            problem = pattern is null && problem.Length == 0 ? "is no host, no URL and no place such as body$.memo, header:x-note or url.query" : problem;
        }

        return pattern is not null;
    }

    /// <summary>True when a finding at <paramref name="where"/>, in a message to or from <paramref name="host"/>, is covered.</summary>
    /// <param name="where">As findings print it.</param>
    /// <param name="host">The judged host; default when there is none.</param>
    /// <param name="url">The request's URL without query and fragment; empty for anything but a request.</param>
    public bool Covers(string where, in CanonicalHost host, string url)
    {
        if (_place is not null)
        {
            return Wildcard.IsMatch(_place, where);
        }

        if (_hosts is not null && !_hosts.Contains(host))
        {
            return false;
        }

        return _path is null || (url.StartsWith(_scheme, StringComparison.OrdinalIgnoreCase) && Wildcard.IsMatch(_path, PathOf(url)));
    }

    /// <summary>True for a host followed by a path.</summary>
    private static bool IsUrl(string text) =>
        text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && DomainPattern.TryParse(text[..slash], out _, out _);

    private static PlacePattern? UrlOf(string text, out string problem)
    {
        var end = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        var scheme = end < 0 || text[..end] == "*" ? string.Empty : text[..(end + SchemeEnd.Length)];
        var rest = end < 0 ? text : text[(end + SchemeEnd.Length)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        var path = slash < 0 ? "*" : rest[slash..];
        problem = string.Empty;
        if (authority == "*")
        {
            return new PlacePattern(new PlacePattern(hosts: null), scheme, Below(path));
        }

        return DomainPattern.TryParse(authority, out var host, out problem)
            ? new PlacePattern(new PlacePattern(new DomainSet([host])), scheme, Below(path))
            : null;
    }

    private static string Below(string path) => path.EndsWith('/') ? path + "*" : path;

    private static ReadOnlySpan<char> PathOf(string url)
    {
        var rest = url.AsSpan(url.IndexOf(SchemeEnd, StringComparison.Ordinal) is >= 0 and var at ? at + SchemeEnd.Length : 0);
        var slash = rest.IndexOf('/');
        return slash < 0 ? "/" : rest[slash..];
    }
}
