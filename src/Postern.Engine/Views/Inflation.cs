using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Postern.Engine.Views;

/// <summary>What is compressed inside an encoding: gzip and zlib, known by their first bytes, within the budget of the view.</summary>
internal static class Inflation
{
    /// <summary>The most that one compressed value is read; what goes on beyond it uses up the budget, which is a shortfall.</summary>
    private const int MaxBytes = 1024 * 1024;

    private const int MinCompressed = 18;
    private const int Chunk = 8 * 1024;

    /// <summary>Puts the text that was compressed into the view; all of it stands for the whole of <paramref name="from"/>.</summary>
    public static void Put(ReadOnlySpan<byte> decoded, ByteRange from, Level output)
    {
        if (decoded.Length < MinCompressed || !IsGzip(decoded) && !IsZlib(decoded))
        {
            return;
        }

        using var compressed = new MemoryStream(decoded.ToArray());
        using Stream stream = IsGzip(decoded) ? new GZipStream(compressed, CompressionMode.Decompress) : new ZLibStream(compressed, CompressionMode.Decompress);
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        output.Separate();
        try
        {
            var total = 0;
            while (!output.Overflowed && stream.Read(buffer) is > 0 and var count)
            {
                total += count;
                output.Put(buffer.AsSpan(0, count), from.Start, from.Length);
                if (total > MaxBytes)
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

        output.Separate();
    }

    private static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]);

    // RFC 1950 §2.2: method 8 with a window of 32 KiB, the check bits of the header, no dictionary.
    private static bool IsZlib(ReadOnlySpan<byte> bytes) =>
        bytes[0] == 0x78 && (bytes[1] & 0x20) == 0 && BinaryPrimitives.ReadUInt16BigEndian(bytes) % 31 == 0;
}
