using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Postern.Program.Scanning.Files;

/// <summary>What of a file is text.</summary>
internal static class FileText
{
    // As git decides: a NUL this near to the beginning.
    private const int BinaryProbeBytes = 8000;

    /// <summary>Fills <paramref name="room"/> from the beginning of the file; fewer bytes when it is shorter by now.</summary>
    public static int Read(SafeFileHandle file, Span<byte> room)
    {
        var read = 0;
        for (int now; read < room.Length && (now = RandomAccess.Read(file, room[read..], read)) > 0;)
        {
            read += now;
        }

        return read;
    }

    /// <summary>UTF-16 that says so is text, although it is full of NULs.</summary>
    public static ReadOnlyMemory<byte> Readable(ReadOnlyMemory<byte> bytes) => bytes.Span switch
    {
        [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes.Span[2..])),
        [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes.Span[2..])),
        _ => bytes,
    };

    /// <summary>True for what holds no text.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, BinaryProbeBytes)].Contains((byte)0);
}
