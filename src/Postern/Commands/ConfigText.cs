using Postern.Engine.Configuration;

namespace Postern.Program.Commands;

/// <summary>Configuration files that are looked at and not put in force.</summary>
internal static class ConfigText
{
    /// <summary>Reads a file without errors.</summary>
    /// <exception cref="ConfigException">It cannot be read or is wrong; the message holds every error, a line each.</exception>
    public static ConfigResult Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{path}: cannot be read: {e.Message}");
        }

        var read = ConfigReader.Read(text, path);
        return read.Config is null ? throw new ConfigException(string.Join('\n', read.Errors)) : read;
    }
}
