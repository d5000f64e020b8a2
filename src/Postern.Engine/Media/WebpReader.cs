using System.Buffers.Binary;
using Postern.Engine.Editing;
using Postern.Engine.Views;

namespace Postern.Engine.Media;

/// <summary>Reads the chunks of a WebP (RFC 9649). Compressed pixels are stepped over.</summary>
internal static class WebpReader
{
    private const int HeadBytes = 12;
    private const int ChunkHeadBytes = 8;

    /// <summary>The flags by which the extended head announces EXIF and XMP.</summary>
    private const byte MetadataFlags = 0x08 | 0x04;

    /// <summary>True when it reads to its end.</summary>
    public static bool TryRead(ReadOnlySpan<byte> image, ImageLayout layout)
    {
        if (image.Length < HeadBytes)
        {
            return false;
        }

        var end = BinaryPrimitives.ReadUInt32LittleEndian(image[4..]) + 8L;
        if (end > image.Length || end < HeadBytes)
        {
            return false;
        }

        var at = HeadBytes;
        while (end - at >= ChunkHeadBytes)
        {
            // A chunk of odd length has a byte of padding behind it.
            var length = BinaryPrimitives.ReadUInt32LittleEndian(image[(at + 4)..]);
            var next = at + ChunkHeadBytes + length + (length & 1);
            if (next > end || !TryChunk(image[at..(int)next], at, layout))
            {
                return false;
            }

            at = (int)next;
        }

        if (at != end)
        {
            return false;
        }

        var spareBytes = layout.SpareBytes;
        if (spareBytes > 0)
        {
            var size = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)(end - 8 - spareBytes));
            layout.Fixes.Insert(0, new Edit(4, 8, size));
        }

        return layout.TryEnd((int)end, image.Length);
    }

    private static bool TryChunk(ReadOnlySpan<byte> chunk, int at, ImageLayout layout)
    {
        var data = chunk[ChunkHeadBytes..];
        switch (BinaryPrimitives.ReadUInt32BigEndian(chunk))
        {
            case 0x56503858 when data.Length >= 10: // VP8X
                layout.Width = 1 + Read24(data[4..]);
                layout.Height = 1 + Read24(data[7..]);
                if ((data[0] & MetadataFlags) != 0)
                {
                    var flags = at + ChunkHeadBytes;
                    layout.Fixes.Add(new Edit(flags, flags + 1, [(byte)(data[0] & ~MetadataFlags)]));
                }

                return true;
            case 0x56503820 when data.Length >= 10: // VP8 and a blank: the frame tag, three bytes of start code, 14 bits each
                Grow(layout, BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);
                return true;
            case 0x5650384C when data.Length >= 5: // VP8L: a mark, then 14 bits each, less one
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
                Grow(layout, 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
                return true;
            case 0x414E4D46: // ANMF
                layout.Frames++;
                return true;
            case 0x414E494D or 0x414C5048 or 0x49434350: // ANIM ALPH ICCP
                return true;
            case 0x56503858 or 0x56503820 or 0x5650384C: // too short to be what they are called
                return false;
            default:
                return layout.TryAdd(at, at + chunk.Length, new MediaText(new ByteRange(at + ChunkHeadBytes, at + chunk.Length)));
        }
    }

    private static void Grow(ImageLayout layout, long width, long height)
    {
        layout.Width = Math.Max(layout.Width, width);
        layout.Height = Math.Max(layout.Height, height);
        layout.Frames = Math.Max(1, layout.Frames);
    }

    private static long Read24(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);
}
