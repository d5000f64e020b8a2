using Postern.Transports.Capturing;

namespace Postern.Program;

/// <summary>Reads the keys of captures from files.</summary>
internal static class EscrowKeyFile
{
    /// <summary>Longer files hold no key.</summary>
    private const int MaxBytes = 64 * 1024;

    /// <summary>The key in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="named">What named it, for people.</param>
    /// <param name="read">Which half is wanted.</param>
    /// <exception cref="ConfigException">It cannot be read, or is not what is wanted.</exception>
    public static EscrowKey Read(string path, string named, Func<string, EscrowKey> read)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes ? read(File.ReadAllText(path)) : throw new FormatException("it is too long for a key");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ConfigException($"{named}: {path}: {e.Message}");
        }
    }
}
