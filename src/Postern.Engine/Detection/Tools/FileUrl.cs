namespace Postern.Engine.Detection.Tools;

/// <summary>The path in a <c>file:</c> URL (RFC 8089).</summary>
internal static class FileUrl
{
    private const string Scheme = "file:";

    /// <summary>The path, without percent signs; a text that is no such URL as it is.</summary>
    public static string PathIn(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        var path = text[Scheme.Length..].Split('?', '#')[0];
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            // The host of a file is this one, whatever it is called.
            path = path.IndexOf('/', 2) is >= 0 and var root ? path[root..] : "/";
        }

        return Uri.UnescapeDataString(path);
    }
}
