using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Postern.Engine.Detection.Destination;

/// <summary>Reads a binary table that was built into this assembly. A table that is missing is a broken build, hence an exception.</summary>
internal static class EmbeddedTable
{
    public static byte[] ReadBytes(string name)
    {
        using var stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the table {name} is not built into the engine");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The table as little-endian 32-bit words.</summary>
    public static uint[] ReadWords(string name)
    {
        var words = MemoryMarshal.Cast<byte, uint>(ReadBytes(name)).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return words;
    }
}
