namespace Postern.Program.Commands;

/// <summary>A public key as people hand it over.</summary>
internal static class PublicKeyText
{
    private const int Digits = 64;
    private const int MaxFileBytes = 4096;

    /// <summary>64 hexadecimal digits, or a file that begins with them, such as <c>keys/evidence.pub</c>; lower case.</summary>
    /// <exception cref="ConfigException">It is neither.</exception>
    public static string Read(string text)
    {
        var key = IsKey(text) ? text : Begin(text);
        return IsKey(key) ? key.ToLowerInvariant() : throw new ConfigException("--key takes 64 hexadecimal digits, or a file that begins with them");
    }

    private static string Begin(string path)
    {
        try
        {
            return new FileInfo(path).Length > MaxFileBytes ? "" : File.ReadAllText(path).Split([' ', '\n', '\r', '\t'], 2)[0];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }

    private static bool IsKey(string text) => text.Length == Digits && text.All(char.IsAsciiHexDigit);
}
