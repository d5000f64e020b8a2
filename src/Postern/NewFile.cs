namespace Postern.Program;

/// <summary>Writes files that people asked for, and never over what is there.</summary>
internal static class NewFile
{
    /// <summary>Writes <paramref name="text"/> to a file that does not exist yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What shall stand in it.</param>
    /// <param name="isPrivate">True when nobody but its owner may read it.</param>
    /// <exception cref="ConfigException">It exists, or cannot be written.</exception>
    public static void Write(string path, string text, bool isPrivate = false)
    {
        try
        {
            using var stream = new FileStream(path, OptionsOf(isPrivate));
            using var writer = new StreamWriter(stream);
            writer.Write(text);
        }
        catch (IOException) when (Path.Exists(path))
        {
            throw new ConfigException($"{path} exists already; remove it or name another file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{path}: cannot be written: {e.Message}");
        }
    }
    private static FileStreamOptions OptionsOf(bool isPrivate)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
