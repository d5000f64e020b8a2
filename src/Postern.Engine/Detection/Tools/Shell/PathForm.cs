namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>One spelling for one file: forward slashes, home as <c>~</c>, no dots, the folder that <c>cd</c> chose in front.</summary>
internal static class PathForm
{
    /// <summary>The canonical form; text that is no path comes back as it is.</summary>
    public static string Of(string path, string folder)
    {
        if (path.Length == 0 || path.Contains("://", StringComparison.Ordinal) || path.AsSpan().IndexOfAny(" \n\t") >= 0 || path.StartsWith('-'))
        {
            return path.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? Of(path[7..], folder) : path;
        }

        var slashed = path.Replace('\\', '/');
        if (folder.Length > 0 && slashed[0] is not '/' and not '~' && !(slashed.Length > 1 && slashed[1] == ':'))
        {
            slashed = folder + "/" + slashed;
        }

        return Home(Dots(slashed));
    }

    private static string Dots(string path)
    {
        if (!path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal) && !path.StartsWith("./", StringComparison.Ordinal))
        {
            return path;
        }

        List<string> kept = [];
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && kept.Count > 0 && kept[^1] != "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (part != "." && !(part == ".." && path[0] == '/'))
            {
                kept.Add(part);
            }
        }

        return (path[0] == '/' ? "/" : "") + string.Join('/', kept) + (path.EndsWith('/') && kept.Count > 0 ? "/" : "");
    }

    private static string Home(string path)
    {
        var start = path switch
        {
            _ when path.StartsWith("/home/", StringComparison.Ordinal) => 6,
            _ when path.StartsWith("/Users/", StringComparison.Ordinal) => 7,
            _ when path.StartsWith("/var/home/", StringComparison.Ordinal) => 10,
            _ when path.StartsWith("/root/", StringComparison.Ordinal) || path == "/root" => 1,
            _ when path.Length > 9 && path.AsSpan(1).StartsWith(":/Users/", StringComparison.OrdinalIgnoreCase) => 9,
            _ when path.StartsWith("%USERPROFILE%", StringComparison.OrdinalIgnoreCase) => 0,
            _ when path.StartsWith('~') && path.Length > 1 && path[1] != '/' => 0,
            _ => -1,
        };
        if (start < 0)
        {
            return path;
        }

        var end = path.IndexOf('/', start);
        return end < 0 ? "~" : "~" + path[end..];
    }
}
