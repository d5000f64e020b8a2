namespace Postern.Program;

/// <summary>Writes files that people asked for, and never over what is there.</summary>
internal static class NewFile
{
    /// <summary>Writes <paramref name="text"/> to a file that does not exist yet.</summary>
    /// <exception cref="ConfigException">It exists, or cannot be written.</exception>
    public static void Write(string path, string text)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
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
