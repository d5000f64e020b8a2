using System.Buffers.Binary;
using System.IO.Compression;

namespace Postern.Engine.Views;

/// <summary>
/// The entries of a zip (APPNOTE 4.3.7), by their local headers: what the central directory says of them, and the lengths that they state
/// themselves, may be false; a deflated entry ends where it ends.
/// </summary>
internal static class ZipEntries
{
    /// <summary>The most entries that are opened; more use up the budget, which is a shortfall.</summary>
    private const int MaxEntries = 1024;

    /// <summary>How often all bytes may be read, beside the read-ahead of each entry, when entries stand within one another.</summary>
    private const int MaxPasses = 4;

    private const int ReadAhead = 8 * 1024;
    private const int Header = 30;
    private const int Method = 8;
    private const int NameLength = 26;
    private const int ExtraLength = 28;
    private const int Deflated = 8;

    private static ReadOnlySpan<byte> Magic => "PK\x03\x04"u8;

    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <summary>Puts the names of all entries and the text of the deflated ones into the view; what is only stored stands in the parent.</summary>
    public static void Put(byte[] zip, ByteRange from, Level output, Inflation.Bounds bounds)
    {
        using var compressed = new MemoryStream(zip);
        var (entries, work) = (0, 0L);
        for (var at = 0; !output.Overflowed && zip.AsSpan(at).IndexOf(Magic) is >= 0 and var offset && at + offset + Header <= zip.Length;)
        {
            at += offset;
            var name = at + Header;
            var data = name + Read(zip, at + NameLength) + Read(zip, at + ExtraLength);
            at += Magic.Length;
            if (data > zip.Length)
            {
                continue;
            }

            output.Put(zip.AsSpan(name, Read(zip, name - Header + NameLength)), from.Start, from.Length);
            output.Separate();
            if (Read(zip, name - Header + Method) == Deflated)
            {
                compressed.Position = data;
                using var entry = new DeflateStream(compressed, CompressionMode.Decompress, leaveOpen: true);
                Inflation.PutAll(entry, from, output, bounds);
                work += compressed.Position - data;
            }

            if (++entries > MaxEntries || work > ((long)zip.Length * MaxPasses) + ((long)entries * ReadAhead))
            {
                output.Overflow();
            }
        }
    }

    private static int Read(byte[] zip, int at) => BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at));
}
