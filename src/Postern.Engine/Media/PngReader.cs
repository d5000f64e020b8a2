using System.Buffers.Binary;
using Postern.Engine.Views;

namespace Postern.Engine.Media;

/// <summary>Reads the chunks of a PNG (W3C PNG third edition, sections 5 and 11). Compressed pixels are stepped over.</summary>
internal static class PngReader
{
    private const int SignatureBytes = 8;

    /// <summary>Length, type and checksum of a chunk.</summary>
    private const int FrameBytes = 12;

    /// <summary>True when it reads to its end.</summary>
    public static bool TryRead(ReadOnlySpan<byte> image, ImageLayout layout)
    {
        for (var at = SignatureBytes; image.Length - at >= FrameBytes;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(image[at..]);
            if (length > image.Length - at - FrameBytes)
            {
                return false;
            }

            var end = at + FrameBytes + (int)length;
            var type = image.Slice(at + 4, 4);
            var data = new ByteRange(at + 8, end - 4);
            if (at == SignatureBytes && !TryHead(type, image[data.Start..data.End], layout))
            {
                return false;
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return layout.TryEnd(end, image.Length);
            }

            layout.Frames += type.SequenceEqual("fcTL"u8) ? 1 : 0;
            if (!IsPicture(type) && (!IsOptional(type) || !layout.TryAdd(at, end, TextsOf(image, data, type))))
            {
                return false;
            }

            at = end;
        }

        return false;
    }

    private static bool TryHead(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, ImageLayout layout)
    {
        if (!type.SequenceEqual("IHDR"u8) || data.Length != 13)
        {
            return false;
        }

        layout.Width = BinaryPrimitives.ReadUInt32BigEndian(data);
        layout.Height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        return true;
    }

    /// <summary>What a decoder needs to show the pixels as they are meant: colours, transparency, resolution, animation.</summary>
    private static bool IsPicture(ReadOnlySpan<byte> type) => BinaryPrimitives.ReadUInt32BigEndian(type) switch
    {
        0x49484452 or 0x504C5445 or 0x49444154 => true, // IHDR PLTE IDAT
        0x74524E53 or 0x6348524D or 0x67414D41 or 0x69434350 or 0x73424954 or 0x73524742 => true, // tRNS cHRM gAMA iCCP sBIT sRGB
        0x63494350 or 0x6D444356 or 0x634C4C49 => true, // cICP mDCV cLLI
        0x624B4744 or 0x68495354 or 0x70485973 or 0x73504C54 => true, // bKGD hIST pHYs sPLT
        0x6163544C or 0x6663544C or 0x66644154 => true, // acTL fcTL fdAT
        _ => false,
    };

    /// <summary>A lower-case first letter: a decoder that does not know the chunk goes on without it.</summary>
    private static bool IsOptional(ReadOnlySpan<byte> type) => (type[0] & 0x20) != 0;

    private static MediaText[] TextsOf(ReadOnlySpan<byte> image, ByteRange data, ReadOnlySpan<byte> type)
    {
        var from = CompressedFrom(type, image[data.Start..data.End]);
        return from == 0 ? [new MediaText(data)] : [new MediaText(data), new MediaText(data with { Start = data.Start + from }, MediaTextCoding.Zlib)];
    }

    /// <summary>Where compressed text begins in a chunk's data; 0 when there is none. A keyword, a zero byte, and what the chunk puts before its text.</summary>
    private static int CompressedFrom(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var keyword = data.IndexOf((byte)0);
        if (keyword < 0)
        {
            return 0;
        }

        if (type.SequenceEqual("zTXt"u8))
        {
            return keyword + 2;
        }

        // Flag, method, language tag, translated keyword.
        if (!type.SequenceEqual("iTXt"u8) || data.Length < keyword + 3 || data[keyword + 1] != 1)
        {
            return 0;
        }

        var language = data[(keyword + 3)..].IndexOf((byte)0);
        var translated = language < 0 ? -1 : data[(keyword + 4 + language)..].IndexOf((byte)0);
        return translated < 0 ? 0 : keyword + 5 + language + translated;
    }
}
