namespace Postern.Sandbox.Planning;

/// <summary>Follows symbolic links by hand, and remembers them: what leads to a grant must stand inside as well.</summary>
public static class RealPath
{
    // The kernel's own bound.
    private const int MaxLinks = 40;

    /// <summary>The path without links, or null when it goes in a circle.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="links">Gets each link on the way.</param>
    public static string? Of(string path, ICollection<PathLink> links)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(links);
        var left = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var done = "/";
        for (var followed = 0; left.TryPop(out var name);)
        {
            if (name == "..")
            {
                done = Path.GetDirectoryName(done) ?? "/";
                continue;
            }

            var next = Path.Join(done, name);
            if (name == "." || LinkAt(next) is not { } target)
            {
                done = name == "." ? done : next;
                continue;
            }

            if (++followed > MaxLinks)
            {
                return null;
            }

            links.Add(new PathLink(next, target));
            done = target.StartsWith('/') ? "/" : done;
            foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                left.Push(part);
            }
        }

        return done;
    }

    private static string? LinkAt(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at is no link that could be followed.
            return null;
        }
    }
}
