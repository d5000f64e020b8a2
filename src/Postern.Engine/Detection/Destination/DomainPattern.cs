using System.Text;

namespace Postern.Engine.Detection.Destination;

/// <summary>
/// One entry of a domain list: a host, an address literal, or <c>*.example.com</c>, which means every subdomain and the apex.
/// </summary>
public sealed record DomainPattern
{
    private DomainPattern(CanonicalHost host, bool isWildcard)
    {
        Host = host;
        IsWildcard = isWildcard;
    }

    /// <summary>The host; for a wildcard what follows <c>*.</c>.</summary>
    public CanonicalHost Host { get; }

    /// <summary>True when subdomains match as well.</summary>
    public bool IsWildcard { get; }

    /// <summary>Reads an entry. Case, a trailing dot and Unicode spelling do not matter.</summary>
    /// <param name="text">The entry as configured.</param>
    /// <param name="pattern">The entry; null when the result is false.</param>
    /// <param name="problem">One sentence for people when the result is false; else empty.</param>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DomainPattern? pattern, out string problem)
    {
        pattern = null;
        problem = ProblemOf(text);
        if (problem.Length > 0)
        {
            return false;
        }

        var isWildcard = text.StartsWith("*.", StringComparison.Ordinal);
        var name = isWildcard ? text[2..] : text;
        var isIpv6 = name.Count(c => c == ':') >= 2 && !name.StartsWith('[');
        if (!CanonicalHost.TryParse(Encoding.UTF8.GetBytes(isIpv6 ? $"[{name}]" : name), out var host, out _))
        {
            problem = "is not a host name or address";
        }
        else if (isWildcard && host.Kind != HostKind.Name)
        {
            problem = "cannot have a wildcard before an address";
        }
        else if (isWildcard && !host.Bytes.Contains((byte)'.'))
        {
            problem = "would match a whole top-level domain; name at least one more label";
        }
        else
        {
            pattern = new DomainPattern(host, isWildcard);
        }

        return pattern is not null;
    }

    /// <summary>The entry in canonical spelling.</summary>
    public override string ToString() => IsWildcard ? $"*.{Host}" : Host.ToString();

    private static string ProblemOf(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "is empty";
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return "must be a host, without a scheme";
        }

        if (text.AsSpan().IndexOfAny('/', '?', '#') >= 0)
        {
            return "must be a host, without a path";
        }

        if (text.LastIndexOf('*') > 0 || (text[0] == '*' && !text.StartsWith("*.", StringComparison.Ordinal)) || text == "*.")
        {
            return "may have a wildcard only as a leading \"*.\"";
        }

        var colons = text.Count(c => c == ':');
        return colons == 1 || text.Contains("]:", StringComparison.Ordinal) ? "must be a host, without a port" : "";
    }
}
