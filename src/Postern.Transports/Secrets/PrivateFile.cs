using System.Text;

namespace Postern.Transports.Secrets;

/// <summary>A file of secrets that the configuration names: its owner alone may read it.</summary>
public static class PrivateFile
{
    /// <summary>The text of <paramref name="path"/>.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="maxBytes">How long it may be.</param>
    /// <param name="key">The key of the configuration that names it, for the error.</param>
    /// <exception cref="InvalidDataException">It cannot be read, others can read or change it, or it is too long.</exception>
    public static string Read(string path, int maxBytes, string key)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
            {
                throw new InvalidDataException($"{key}: others can read or change {path}; run chmod 600 on it");
            }

            if (file.Length > maxBytes)
            {
                throw new InvalidDataException($"{key}: {path} is larger than {maxBytes} bytes");
            }

            using var text = new StreamReader(file, Encoding.UTF8);
            return text.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{key}: {path}: {e.Message}");
        }
    }
}
