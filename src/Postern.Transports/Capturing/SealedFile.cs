using System.Buffers.Binary;
using System.Security.Cryptography;
using Postern.Transports.Evidence;

namespace Postern.Transports.Capturing;

/// <summary>A file of captures that is being written. One writer.</summary>
internal sealed class SealedFile : IDisposable
{
    private readonly IRecordFile _file;
    private readonly FrameCipher _cipher;
    private long _captures;

    /// <summary>Begins a file.</summary>
    /// <param name="file">The empty file; disposed with this.</param>
    /// <param name="key">Whom it is sealed to.</param>
    /// <param name="name">The run, and which of its files it is.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public SealedFile(IRecordFile file, EscrowKey key, SealedName name)
    {
        _file = file;
        _cipher = FrameCipher.ToSeal(key, point => new SealedHeader(name.Run, name.Number, key.Id, point), out var header);
        try
        {
            _file.Write(header);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Bytes written.</summary>
    public long Length => _file.Length;

    /// <summary>Adds a capture, and before it how many are missing.</summary>
    /// <exception cref="IOException">It may be there in part; the file is to be disposed and cannot be gone on with.</exception>
    public void Add(byte[] capture, long missing)
    {
        if (missing > 0)
        {
            Count(FrameKind.Gap, missing);
        }

        _file.Write(_cipher.Seal(FrameKind.Capture, capture));
        CryptographicOperations.ZeroMemory(capture);
        _captures++;
    }

    /// <summary>Says that nothing follows, and puts everything on the disk.</summary>
    public void End()
    {
        Count(FrameKind.End, _captures);
        _file.Flush();
    }

    public void Dispose()
    {
        _cipher.Dispose();
        _file.Dispose();
    }

    private void Count(FrameKind kind, long count)
    {
        Span<byte> text = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(text, count);
        _file.Write(_cipher.Seal(kind, text));
    }
}
