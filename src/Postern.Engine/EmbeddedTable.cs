using System.Runtime.InteropServices;

namespace Postern.Engine;

/// <summary>
/// Reads what was built into this assembly. A file that is missing is a broken build, hence an exception. Numbers are little-endian, as
/// every machine is that this runs on: the table of literals refuses others.
/// </summary>
internal static class EmbeddedTable
{
    public static Stream Open(string name) => typeof(EmbeddedTable).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidDataException($"{name} is not built into the engine.");

    public static byte[] ReadBytes(string name)
    {
        using var stream = Open(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The table as 32-bit words.</summary>
    public static uint[] ReadWords(string name) => MemoryMarshal.Cast<byte, uint>(ReadBytes(name)).ToArray();

    public static string ReadText(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    /// <summary>The lines of a text that have a key, a colon and a value, which may be empty; those that begin with # are comments.</summary>
    public static IEnumerable<(string Key, string Value)> ReadRows(string name)
    {
        foreach (var line in ReadText(name).Split('\n'))
        {
            if (line.Split(':', 2) is [var key, var value] && !line.StartsWith('#'))
            {
                yield return (key, value.Trim());
            }
        }
    }
}
