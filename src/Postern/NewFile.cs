namespace Postern.Program;

/// <summary>Writes files that people asked for, and never over what is there.</summary>
internal static class NewFile
{
    /// <summary>Writes <paramref name="text"/> to a file that does not exist yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="isPrivate">True for what only its owner may read.</param>
    /// <exception cref="ConfigException">It exists, or cannot be written.</exception>
    public static void Write(string path, string text, bool isPrivate = false)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var stream = new FileStream(path, options);
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
}
