using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Postern.Engine.Views;

/// <summary>What is compressed, by itself or inside an encoding: gzip, zlib and zip, known by their first bytes, within the budget of the view.</summary>
internal static class Inflation
{
    /// <summary>The most that one compressed value is read; what goes on beyond it uses up the budget, which is a shortfall.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>The shortest gzip: its header and trailer.</summary>
    private const int MinCompressed = 18;

    /// <summary>How often in each other things may be compressed; what is deeper uses up the budget, which is a shortfall.</summary>
    private const int MaxNested = 4;

    /// <summary>Of the room there is, a file that is sent as it is takes so much: what it holds is decoded further.</summary>
    private const int ShareOfFile = 8;

    private const int Chunk = 8 * 1024;

    /// <summary>Whether the bytes begin as one of the formats that are opened.</summary>
    public static bool IsCompressed(ReadOnlySpan<byte> bytes) => bytes.Length >= MinCompressed && (IsGzip(bytes) || IsZlib(bytes) || ZipEntries.Begins(bytes));

    /// <summary>Puts the text that was compressed into the view; all of it stands for the whole of <paramref name="from"/>.</summary>
    public static void Put(ReadOnlySpan<byte> decoded, ByteRange from, Level output) => Put(decoded, from, output, new Bounds(MaxNested, int.MaxValue));

    /// <summary>
    /// The same for a file that is sent as it is. Archives are opaque, and of a long one the beginning is read: package managers and backups send
    /// more than any budget.
    /// </summary>
    public static void PutBeginning(ReadOnlySpan<byte> file, ByteRange from, Level output)
    {
        var isFull = output.Overflowed;
        Put(file, from, output, new Bounds(MaxNested, output.Length + (output.Free / ShareOfFile)));
        if (!isFull)
        {
            output.Forgive();
        }
    }

    private static void Put(ReadOnlySpan<byte> decoded, ByteRange from, Level output, Bounds bounds)
    {
        if (!IsCompressed(decoded))
        {
            return;
        }

        if (bounds.Nested == 0)
        {
            output.Overflow();
            return;
        }

        output.Separate();
        var bytes = decoded.ToArray();
        if (ZipEntries.Begins(bytes))
        {
            ZipEntries.Put(bytes, from, output, bounds.Deeper);
            return;
        }

        using var compressed = new MemoryStream(bytes);
        using Stream stream = IsGzip(bytes) ? new GZipStream(compressed, CompressionMode.Decompress) : new ZLibStream(compressed, CompressionMode.Decompress);
        PutAll(stream, from, output, bounds.Deeper);
    }

    /// <summary>Puts everything that a stream still holds into the view, and what is compressed inside that.</summary>
    public static void PutAll(Stream stream, ByteRange from, Level output, Bounds bounds)
    {
        var start = output.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            var total = 0;
            while (!output.Overflowed && stream.Read(buffer) is > 0 and var count)
            {
                total += count;
                output.Put(buffer.AsSpan(0, count), from.Start, from.Length);
                if (total > MaxBytes || output.Length > bounds.End)
                {
                    output.Overflow();
                }
            }
        }
        catch (InvalidDataException)
        {
            // Noise that begins like a compressed stream, or a stream cut short: what came out before is looked at.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        Put(output.Bytes[start..], from, output, bounds);
        output.Separate();
    }

    /// <summary>How far to go.</summary>
    /// <param name="Nested">How often more in each other.</param>
    /// <param name="End">How long the view may become.</param>
    internal readonly record struct Bounds(int Nested, int End)
    {
        /// <summary>One step further in.</summary>
        public Bounds Deeper => this with { Nested = Nested - 1 };
    }

    private static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]);

    // RFC 1950 §2.2: method 8 with a window of 32 KiB, the check bits of the header, no dictionary.
    private static bool IsZlib(ReadOnlySpan<byte> bytes) =>
        bytes[0] == 0x78 && (bytes[1] & 0x20) == 0 && BinaryPrimitives.ReadUInt16BigEndian(bytes) % 31 == 0;
}
