using System.Buffers.Binary;
using Postern.Engine.Editing;
using Postern.Engine.Views;

namespace Postern.Engine.Media;

/// <summary>Reads the segments of a JPEG (ITU-T T.81 annex B). Entropy-coded pixels are stepped over.</summary>
internal static class JpegReader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte Comment = 0xFE;

    /// <summary>True when it reads to its end.</summary>
    public static bool TryRead(ReadOnlySpan<byte> image, ImageLayout layout)
    {
        for (var at = 2; at + 2 <= image.Length && image[at] == 0xFF;)
        {
            var marker = image[at + 1];
            if (marker == EndOfImage)
            {
                return layout.TryEnd(at + 2, image.Length);
            }

            if (marker == 0xFF)
            {
                // A marker may have any number of fill bytes before it.
                at++;
                continue;
            }

            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD8) || at + 4 > image.Length)
            {
                return false;
            }

            var end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(image[(at + 2)..]);
            if (end < at + 4 || end > image.Length || !TrySegment(image, at, end, layout))
            {
                return false;
            }

            at = marker == StartOfScan ? EndOfScan(image, end) : end;
        }

        return false;
    }

    private static bool TrySegment(ReadOnlySpan<byte> image, int at, int end, ImageLayout layout)
    {
        var marker = image[at + 1];
        var data = image[(at + 4)..end];
        if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && data.Length >= 5)
        {
            layout.Height = Math.Max(layout.Height, BinaryPrimitives.ReadUInt16BigEndian(data[1..]));
            layout.Width = Math.Max(layout.Width, BinaryPrimitives.ReadUInt16BigEndian(data[3..]));
            layout.Frames++;
        }

        if (marker == 0xE1 && ExifOrientation.Reduce(image[at..end]) is { Length: > 0 } reduced && !ExifOrientation.IsAlone(image[at..end]))
        {
            layout.Fixes.Add(new Edit(at, at, reduced));
        }

        var isPicture = marker switch
        {
            0xE1 => ExifOrientation.IsAlone(image[at..end]),
            0xE0 => data.StartsWith("JFIF\0"u8),
            0xE2 => data.StartsWith("ICC_PROFILE\0"u8),
            0xEE => data.StartsWith("Adobe"u8),
            >= 0xE0 and <= 0xEF or Comment => false,
            _ => true,
        };
        return isPicture || layout.TryAdd(at, end, new MediaText(new ByteRange(at + 4, end)));
    }

    /// <summary>The next marker behind a scan; a zero byte behind 0xFF is data, and restart marks belong to the scan.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> image, int at)
    {
        while (image[at..].IndexOf((byte)0xFF) is >= 0 and var offset)
        {
            at += offset;
            if (at + 1 < image.Length && image[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }

            at++;
        }

        return image.Length;
    }
}
