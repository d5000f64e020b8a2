using System.Security.Cryptography;

namespace Postern.Program.Containing;

/// <summary>A file that is run only while it is what it was.</summary>
internal sealed record Pin(string Name, string Path, string Hash)
{
    /// <summary>As <c>sha256sum --check</c> reads it.</summary>
    public string Line => $"{Hash}  {Path}\n";

    /// <summary>The pin of a tool.</summary>
    /// <exception cref="ConfigException">It cannot be read, or its name or path cannot be written down.</exception>
    public static Pin Of(string tool)
    {
        try
        {
            var path = System.IO.Path.GetFullPath(tool);
            path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            var name = System.IO.Path.GetFileName(tool);
            return name.Length == 0 || name[0] == '.' || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') || path.AsSpan().ContainsAny('\n', '\\', '\r')
                ? throw new ConfigException("a tool's name is letters, digits, '.', '_' and '-'")
                : new Pin(name, path, HashOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{Terminal.Plain(tool)}: {e.Message}");
        }
    }

    /// <summary>One line for each file that this program consists of.</summary>
    public static string OfProgram(string program)
    {
        string[] files = [program, .. Directory.GetFiles(System.IO.Path.GetDirectoryName(program)!, "*.dll").Order(StringComparer.Ordinal)];
        return string.Concat(files.Select(static file => $"{HashOf(file)}  {file}\n"));
    }

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
