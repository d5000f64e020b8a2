using System.Buffers.Binary;
using Postern.Engine.Views;

namespace Postern.Engine.Media;

/// <summary>Reads the blocks of a GIF (GIF89a specification). Compressed pixels are stepped over.</summary>
internal static class GifReader
{
    private const int HeadBytes = 13;

    /// <summary>True when it reads to its end.</summary>
    public static bool TryRead(ReadOnlySpan<byte> image, ImageLayout layout)
    {
        if (image.Length < HeadBytes)
        {
            return false;
        }

        layout.Width = BinaryPrimitives.ReadUInt16LittleEndian(image[6..]);
        layout.Height = BinaryPrimitives.ReadUInt16LittleEndian(image[8..]);
        for (var at = HeadBytes + ColourBytes(image[10]); at > 0 && at < image.Length;)
        {
            var next = image[at] switch
            {
                0x2C => Picture(image, at, layout),
                0x21 => Extension(image, at, layout),
                0x3B => image.Length,
                _ => -1,
            };
            if (image[at] == 0x3B)
            {
                return layout.TryEnd(at + 1, image.Length);
            }

            at = next;
        }

        return false;
    }

    /// <summary>A table of colours in three bytes each, when the flags say that there is one.</summary>
    private static int ColourBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static int Picture(ReadOnlySpan<byte> image, int at, ImageLayout layout)
    {
        if (image.Length - at < 11)
        {
            return -1;
        }

        // A frame may be larger than the canvas it is cut to; decoders make room for it all the same.
        layout.Width = Math.Max(layout.Width, BinaryPrimitives.ReadUInt16LittleEndian(image[(at + 5)..]));
        layout.Height = Math.Max(layout.Height, BinaryPrimitives.ReadUInt16LittleEndian(image[(at + 7)..]));
        layout.Frames++;
        return EndOfBlocks(image, at + 11 + ColourBytes(image[at + 9]));
    }

    private static int Extension(ReadOnlySpan<byte> image, int at, ImageLayout layout)
    {
        var end = EndOfBlocks(image, at + 2);
        if (end < 0)
        {
            return -1;
        }

        var label = image[at + 1];
        var isPicture = label == 0xF9 || (label == 0xFF && IsLoop(image[(at + 3)..end]));
        var data = new ByteRange(at + 2, end);
        return isPicture || layout.TryAdd(at, end, new MediaText(data), new MediaText(data, MediaTextCoding.Blocks)) ? end : -1;
    }

    /// <summary>How often an animation runs is all that an application may say.</summary>
    private static bool IsLoop(ReadOnlySpan<byte> data) =>
        data.Length <= 17 && (data.StartsWith("NETSCAPE2.0"u8) || data.StartsWith("ANIMEXTS1.0"u8));

    /// <summary>Behind the empty block that ends a row of blocks.</summary>
    private static int EndOfBlocks(ReadOnlySpan<byte> image, int at)
    {
        while (at >= 0 && at < image.Length)
        {
            if (image[at] == 0)
            {
                return at + 1;
            }

            at += 1 + image[at];
        }

        return -1;
    }
}
