using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Postern.Transports.Capturing;

/// <summary>Opens a file of captures, frame by frame, for whoever has the private key. Everything is readable up to where it is not.</summary>
/// <param name="file">The file from its beginning.</param>
/// <param name="key">With its private half.</param>
public sealed class SealedReader(Stream file, EscrowKey key)
{
    /// <summary>The longest frame that is read: the longest message that a configuration allows, with its head.</summary>
    public const int MaxFrameBytes = 80 * 1024 * 1024;

    /// <summary>The run that wrote it, in hex; empty for what is no such file.</summary>
    public string Run { get; private set; } = string.Empty;

    /// <summary>Which file of the run.</summary>
    public int Number { get; private set; }

    /// <summary>How it ended; to be asked when <see cref="Frames"/> is through.</summary>
    public SealedEnd End { get; private set; }

    /// <summary>The captures and gaps in order.</summary>
    public IEnumerable<SealedFrame> Frames()
    {
        using var cipher = Begin();
        var captures = 0L;
        while (cipher is not null && Next(cipher) is { } frame)
        {
            if (frame.Kind == FrameKind.End)
            {
                End = frame.Count == captures && file.ReadByte() < 0 ? SealedEnd.Whole : SealedEnd.Broken;
                yield break;
            }

            captures += frame.Kind == FrameKind.Capture ? 1 : 0;
            yield return frame;
        }
    }

    /// <summary>The files of captures in a directory, in the order in which they were written.</summary>
    public static IReadOnlyList<string> FilesIn(string directory) => SealedName.FilesIn(directory);

    private FrameCipher? Begin()
    {
        var header = new byte[SealedHeader.Bytes];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            End = SealedEnd.CutOff;
            return null;
        }

        if (SealedHeader.Read(header) is not { } read)
        {
            return null;
        }

        (Run, Number) = (Convert.ToHexStringLower(read.Run.Span), read.Number);
        if (!read.KeyId.Span.SequenceEqual(key.Id.Span))
        {
            End = SealedEnd.OtherKey;
            return null;
        }

        try
        {
            return FrameCipher.ToOpen(key, read);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private SealedFrame? Next(FrameCipher cipher)
    {
        End = SealedEnd.CutOff;
        Span<byte> head = stackalloc byte[FrameCipher.HeadBytes];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(head);
        if (length is < FrameCipher.TagBytes or > MaxFrameBytes)
        {
            End = SealedEnd.Broken;
            return null;
        }

        var body = new byte[length];
        if (file.ReadAtLeast(body, length, throwOnEndOfStream: false) < length)
        {
            return null;
        }

        End = SealedEnd.Broken;
        var kind = (FrameKind)head[sizeof(int)];
        return cipher.Open(head, body) is not { } text ? null
            : kind == FrameKind.Capture ? new SealedFrame(kind, text, 0)
            : kind is FrameKind.Gap or FrameKind.End && text.Length == sizeof(long) ? new SealedFrame(kind, text, BinaryPrimitives.ReadInt64BigEndian(text))
            : null;
    }
}
