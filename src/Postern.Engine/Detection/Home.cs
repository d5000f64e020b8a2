using System.Text;

namespace Postern.Engine.Detection;

/// <summary>
/// Where a credential belongs: <c>HOST</c>, <c>HOST/PATH</c> (the beginning of a path), <c>HOST[/PATH]?NAME,NAME</c> or
/// <c>HOST[/PATH]#NAME,NAME</c>. With names a path is whole, and <c>*</c> stands for one of its segments.
/// </summary>
internal sealed record Home(string Host, HomeKind Kind, string Path, string[] Names)
{
    /// <summary>Reads a home as rules write it; null when it is none.</summary>
    public static Home? Parse(string text)
    {
        var mark = text.IndexOfAny(['?', '#']);
        var place = mark < 0 ? text : text[..mark];
        var slash = place.IndexOf('/');
        var (host, path) = slash < 0 ? (place, "") : (place[..slash], place[slash..]);
        var names = mark < 0 ? Array.Empty<string>() : text[(mark + 1)..].Split(',', StringSplitOptions.TrimEntries);
        var kind = mark >= 0 ? text[mark] == '?' ? HomeKind.Query : HomeKind.Field
            : path.Length > 0 ? HomeKind.Path : HomeKind.Header;
        var isWhole = path.Length != 1 && Array.TrueForAll(names, static n => n.Length > 0 && n.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
        return isWhole && IsHost(host) ? new Home(host, kind, path, names) : null;
    }

    /// <summary>True when a message to this home, with this path, is meant.</summary>
    public bool HasPath(ReadOnlySpan<byte> path)
    {
        if (Path.Length == 0)
        {
            return true;
        }

        Span<byte> own = stackalloc byte[Encoding.UTF8.GetMaxByteCount(Path.Length)];
        own = own[..Encoding.UTF8.GetBytes(Path, own)];
        return Kind == HomeKind.Path ? path.StartsWith(own) : MatchesSegments(own, path);
    }

    /// <summary>True when the field or parameter <paramref name="name"/> takes the credential.</summary>
    public bool HasName(ReadOnlySpan<byte> name)
    {
        foreach (var own in Names)
        {
            if (own.Length == name.Length && Ascii.EqualsIgnoreCase(name, own))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesSegments(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> path)
    {
        while (!pattern.IsEmpty && !path.IsEmpty)
        {
            var own = FirstSegment(pattern);
            var given = FirstSegment(path);
            if (!own.SequenceEqual("/*"u8) ? !own.SequenceEqual(given) : given.Length < 2)
            {
                return false;
            }

            pattern = pattern[own.Length..];
            path = path[given.Length..];
        }

        return pattern.IsEmpty && path.IsEmpty;
    }

    /// <summary>From a slash to the next.</summary>
    private static ReadOnlySpan<byte> FirstSegment(ReadOnlySpan<byte> path)
    {
        var end = path[1..].IndexOf((byte)'/');
        return end < 0 ? path : path[..(end + 1)];
    }

    private static bool IsHost(string host)
    {
        var labels = (host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host).Split('.');
        return labels.Length > 1 && Array.TrueForAll(labels, static label =>
            label.Length > 0 && label.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
    }
}
