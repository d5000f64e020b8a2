using System.Buffers.Binary;

namespace Postern.Engine.Monitoring;

/// <summary>
/// The pieces that one agent sent last, oldest first, as a pure value in a fixed number of bytes.
/// </summary>
/// <remarks>Layout, little-endian: version (1 byte, 0 = never used), 1 of zero, bytes used by pieces (2); then for each piece the minute it came (4), 1 for a name
/// (1), its length (1) and its bytes.</remarks>
internal readonly ref struct FragmentState
{
    /// <summary>Bytes of state; all zero is empty.</summary>
    public const int StateBytes = 3072;

    /// <summary>The longest piece that is kept, in bytes.</summary>
    public const int MaxPiece = 96;

    private const byte Version = 1;
    private const int HeaderBytes = 4;
    private const int PieceHeader = 6;

    private readonly Span<byte> _state;

    /// <summary>Takes over a state; one that this version did not write is begun anew.</summary>
    public FragmentState(Span<byte> state)
    {
        _state = state;
        if (state[0] != Version || Used > state.Length - HeaderBytes)
        {
            state.Clear();
            state[0] = Version;
        }
    }

    private int Used
    {
        get => BinaryPrimitives.ReadUInt16LittleEndian(_state[2..]);
        set => BinaryPrimitives.WriteUInt16LittleEndian(_state[2..], (ushort)value);
    }

    /// <summary>Forgets what is older than <paramref name="minutes"/>.</summary>
    public void Expire(long nowMinute, int minutes)
    {
        while (Used > 0 && nowMinute - BinaryPrimitives.ReadUInt32LittleEndian(_state[HeaderBytes..]) > minutes)
        {
            DropOldest();
        }
    }

    /// <summary>Keeps a piece, at most <see cref="MaxPiece"/> bytes; the oldest make room.</summary>
    public void Add(ReadOnlySpan<byte> piece, bool isName, long nowMinute)
    {
        while (Used + PieceHeader + piece.Length > _state.Length - HeaderBytes)
        {
            DropOldest();
        }

        var place = _state[(HeaderBytes + Used)..];
        BinaryPrimitives.WriteUInt32LittleEndian(place, (uint)nowMinute);
        place[4] = isName ? (byte)1 : (byte)0;
        place[5] = (byte)piece.Length;
        piece.CopyTo(place[PieceHeader..]);
        Used += PieceHeader + piece.Length;
    }

    /// <summary>The pieces of one kind, oldest first.</summary>
    public void CopyTo(PieceList pieces, bool names)
    {
        for (var at = HeaderBytes; at < HeaderBytes + Used;)
        {
            var length = _state[at + 5];
            if (_state[at + 4] == (names ? 1 : 0))
            {
                pieces.Add(_state.Slice(at + PieceHeader, length));
            }

            at += PieceHeader + length;
        }
    }

    private void DropOldest()
    {
        var length = PieceHeader + _state[HeaderBytes + 5];
        var used = Used;
        _state.Slice(HeaderBytes + length, Math.Max(0, used - length)).CopyTo(_state[HeaderBytes..]);
        Used = Math.Max(0, used - length);
        _state[(HeaderBytes + Used)..].Clear();
    }
}
