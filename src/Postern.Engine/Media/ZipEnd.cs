using System.Buffers.Binary;

namespace Postern.Engine.Media;

/// <summary>The record at which readers of zip files begin: at the end (PKWARE APPNOTE 4.3.16). Whatever stands in front does not trouble them.</summary>
internal static class ZipEnd
{
    private const int RecordBytes = 22;
    private const int MaxCommentBytes = ushort.MaxValue;

    /// <summary>True when the bytes end as a zip file.</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes)
    {
        var tail = bytes[Math.Max(0, bytes.Length - RecordBytes - MaxCommentBytes)..];
        while (tail.LastIndexOf("PK\u0005\u0006"u8) is >= 0 and var at)
        {
            var record = tail[at..];
            if (record.Length >= RecordBytes && BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) <= record.Length - RecordBytes)
            {
                return true;
            }

            tail = tail[..at];
        }

        return false;
    }
}
