namespace Postern.Program.Scanning.Reports;

/// <summary>Paths as reports print them.</summary>
internal static class PathText
{
    /// <summary>Relative to the current directory, with forward slashes, without control characters.</summary>
    public static string Shown(string path)
    {
        var shown = Path.GetRelativePath(Environment.CurrentDirectory, path).Replace('\\', '/');
        return shown.Any(char.IsControl) ? string.Concat(shown.Select(static c => char.IsControl(c) ? '?' : c)) : shown;
    }

    /// <summary>The same as a relative URI reference.</summary>
    public static string Uri(string shown) => string.Join('/', shown.Split('/').Select(System.Uri.EscapeDataString));
}
