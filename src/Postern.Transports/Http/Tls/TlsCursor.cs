using System.Buffers.Binary;

namespace Postern.Transports.Http.Tls;

/// <summary>Reads the length-prefixed vectors of TLS (RFC 8446 §3.4). A read that does not fit fails and takes nothing.</summary>
internal ref struct TlsCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Everything has been read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads a fixed number of bytes.</summary>
    public bool TryTake(int count, out ReadOnlySpan<byte> taken)
    {
        if (_rest.Length < count)
        {
            taken = default;
            return false;
        }

        taken = _rest[..count];
        _rest = _rest[count..];
        return true;
    }

    /// <summary>Reads a big-endian 16-bit number.</summary>
    public bool TryUInt16(out ushort value)
    {
        var there = TryTake(2, out var bytes);
        value = there ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;
        return there;
    }

    /// <summary>Reads a vector whose length is one byte.</summary>
    public bool TryVector8(out ReadOnlySpan<byte> vector)
    {
        var start = this;
        if (TryTake(1, out var length) && TryTake(length[0], out vector))
        {
            return true;
        }

        this = start;
        vector = default;
        return false;
    }

    /// <summary>Reads a vector whose length is two bytes.</summary>
    public bool TryVector16(out ReadOnlySpan<byte> vector)
    {
        var start = this;
        if (TryUInt16(out var length) && TryTake(length, out vector))
        {
            return true;
        }

        this = start;
        vector = default;
        return false;
    }
}
