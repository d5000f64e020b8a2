using System.Text;

namespace Postern.Transports.Http;

/// <summary>The formats that are counted and not read (public file signatures). A tar is not among them: what it holds stands in it as it is.</summary>
internal static class MediaSignatures
{
    /// <summary>A body shows within so many bytes that it is no text; every format here does within the first few dozen.</summary>
    private const int StartBytes = 512;

    private const string Image = "image/";
    private const string Audio = "audio/";
    private const string Video = "video/";
    private const string Font = "font/";

    private static readonly MediaSignature[] s_all =
    [
        new(0, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], Image),
        new(0, [0xFF, 0xD8, 0xFF], Image),
        new(0, "GIF8"u8.ToArray(), Image),
        new(0, "II*\0"u8.ToArray(), Image),
        new(0, "MM\0*"u8.ToArray(), Image),
        new(0, [0, 0, 1, 0], Image),
        new(0, "RIFF"u8.ToArray(), Image, Audio, Video),
        new(4, "ftyp"u8.ToArray(), Image, Audio, Video),
        new(0, "OggS"u8.ToArray(), Audio, Video),
        new(0, [0x1A, 0x45, 0xDF, 0xA3], Audio, Video),
        new(0, "ID3"u8.ToArray(), Audio),
        new(0, [0xFF, 0xFB], Audio),
        new(0, "fLaC"u8.ToArray(), Audio),
        new(0, "wOFF"u8.ToArray(), Font),
        new(0, "wOF2"u8.ToArray(), Font),
        new(0, "OTTO"u8.ToArray(), Font),
        new(0, [0, 1, 0, 0], Font),
        new(0, "%PDF-"u8.ToArray(), "application/pdf"),
        new(0, [(byte)'P', (byte)'K', 3, 4], "application/zip"),
        new(0, [0x1F, 0x8B, 8], "application/gzip", "application/x-gzip"),
        new(0, [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]),
        new(0, [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C]),
        new(0, [0x28, 0xB5, 0x2F, 0xFD]),
        new(0, "BZh"u8.ToArray()),
        new(0, "!<arch>\n"u8.ToArray()),
        new(0, [0xED, 0xAB, 0xEE, 0xDB]),
        new(0, [0x7F, (byte)'E', (byte)'L', (byte)'F']),
        new(0, "MZ"u8.ToArray()),
        new(0, [0xCF, 0xFA, 0xED, 0xFE]),
        new(0, [0xCA, 0xFE, 0xBA, 0xBE]),
        new(0, [0, (byte)'a', (byte)'s', (byte)'m']),
    ];

    /// <summary>True when a body labelled <paramref name="type"/> begins like something of that label, and what follows is no text.</summary>
    public static bool Confirm(ReadOnlySpan<char> type, ReadOnlySpan<byte> start)
    {
        foreach (var signature in s_all)
        {
            if (signature.Fits(type) && signature.Begins(start))
            {
                return !IsText(start[signature.End..Math.Min(start.Length, Math.Max(signature.End, StartBytes))]);
            }
        }

        return false;
    }

    /// <summary>UTF-8 without a zero byte; a character that the cut goes through is no fault.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (status != System.Buffers.OperationStatus.Done || bytes[0] == 0)
            {
                return status == System.Buffers.OperationStatus.NeedMoreData;
            }

            bytes = bytes[length..];
        }

        return true;
    }
}
