using System.Buffers.Binary;

namespace Postern.Engine.Media;

/// <summary>
/// The one thing in EXIF that says how the pixels are shown: which way up (EXIF 2.32, tag 0x0112). It stays when the rest goes, or
/// pictures would come out lying on their side.
/// </summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112;
    private const int EntryBytes = 12;

    /// <summary>A whole segment that says nothing else: marker, length, identifier, TIFF head, one entry of type short, no further directory.</summary>
    private static ReadOnlySpan<byte> Only =>
    [
        0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0,
        (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    private const int ValueOffset = 29;

    /// <summary>True for a segment that we could have written.</summary>
    public static bool IsAlone(ReadOnlySpan<byte> segment) =>
        segment.Length == Only.Length && segment[..ValueOffset].SequenceEqual(Only[..ValueOffset])
        && segment[ValueOffset] is >= 2 and <= 8 && !segment[(ValueOffset + 1)..].ContainsAnyExcept((byte)0);

    /// <summary>The segment to put in place of this one; empty when the picture is shown as it is stored.</summary>
    public static byte[] Reduce(ReadOnlySpan<byte> segment)
    {
        var value = Read(segment[4..]);
        if (value is < 2 or > 8)
        {
            return [];
        }

        var only = Only.ToArray();
        only[ValueOffset] = (byte)value;
        return only;
    }

    private static int Read(ReadOnlySpan<byte> data)
    {
        if (!data.StartsWith("Exif\0\0"u8) || data.Length < 14)
        {
            return 0;
        }

        var tiff = data[6..];
        var isBig = tiff[0] == 'M';
        var at = Word(tiff[4..], isBig);
        if (at > tiff.Length - 2)
        {
            return 0;
        }

        var count = Short(tiff[(int)at..], isBig);
        var entries = tiff[((int)at + 2)..];
        for (var i = 0; i < count && entries.Length >= EntryBytes; i++)
        {
            if (Short(entries, isBig) == Tag)
            {
                return Short(entries[8..], isBig);
            }

            entries = entries[EntryBytes..];
        }

        return 0;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint Word(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
