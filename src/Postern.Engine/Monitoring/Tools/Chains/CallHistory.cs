using System.Buffers.Binary;
using System.Text;

namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>
/// The last calls of one principal, newest first, over the bytes of a state. Layout, little-endian: version (1 byte, 0 = never used),
/// count (1), 6 zero; then per call: time in milliseconds (8), tool (4), file (4), kinds (2), 2 zero, length of the name (4), name (24).
/// </summary>
internal readonly ref struct CallHistory(Span<byte> state)
{
    /// <summary>Calls kept; one bit each in the sets of <see cref="Sort"/>.</summary>
    public const int Capacity = 64;

    /// <summary>Sets that <see cref="Sort"/> fills.</summary>
    public const int Sets = 16;

    /// <summary>Bytes of state; all zero is an empty history.</summary>
    public const int StateBytes = HeaderBytes + (Capacity * EntryBytes);

    private const byte Version = 1;
    private const int HeaderBytes = 8;
    private const int EntryBytes = 48;
    private const int NameStart = 24;

    private readonly Span<byte> _state = state;

    /// <summary>How many calls are held; none when the state was not written by this version.</summary>
    public int Count => _state[0] == Version ? Math.Min(_state[1], (byte)Capacity) : 0;

    /// <summary>Puts a call in front.</summary>
    public void Add(CallSummary call, long nowMs)
    {
        var kept = Math.Min(Count, Capacity - 1);
        _state.Slice(HeaderBytes, kept * EntryBytes).CopyTo(_state[(HeaderBytes + EntryBytes)..]);
        _state[0] = Version;
        _state[1] = (byte)(kept + 1);
        var entry = Entry(0);
        entry.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(entry, nowMs);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], call.Tool);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], call.File);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[16..], (ushort)call.Kinds);
        BinaryPrimitives.WriteInt32LittleEndian(entry[20..], Encoding.ASCII.GetBytes(call.Name, entry[NameStart..]));
    }

    /// <summary>Adds to what the latest call of a tool turned out to do.</summary>
    public void Learn(uint tool, CallKinds kinds)
    {
        for (var i = 0; i < Count; i++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(Entry(i)[8..]) == tool)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(Entry(i)[16..], (ushort)(KindsOf(i) | kinds));
                return;
            }
        }
    }

    /// <summary>The calls that do each thing, one set per bit of <see cref="CallKinds"/>: bit 0 of a set is the newest.</summary>
    public void Sort(Span<ulong> sets)
    {
        sets.Clear();
        for (var i = 0; i < Count; i++)
        {
            for (var kinds = (uint)KindsOf(i); kinds != 0; kinds &= kinds - 1)
            {
                sets[System.Numerics.BitOperations.TrailingZeroCount(kinds)] |= 1UL << i;
            }
        }
    }

    /// <summary>The calls about the same file as the newest, as a set; empty when that is about none.</summary>
    public ulong SameFile()
    {
        var set = 0UL;
        var file = Count == 0 ? 0 : FileOf(0);
        for (var i = 0; file != 0 && i < Count; i++)
        {
            set |= FileOf(i) == file ? 1UL << i : 0;
        }

        return set;
    }

    /// <summary>The calls since <paramref name="fromMs"/>, at most <paramref name="window"/>, as a set.</summary>
    public ulong Since(long fromMs, int window)
    {
        var count = Math.Min(window, Count);
        while (count > 0 && BinaryPrimitives.ReadInt64LittleEndian(Entry(count - 1)) < fromMs)
        {
            count--;
        }

        return count == Capacity ? ulong.MaxValue : (1UL << count) - 1;
    }

    /// <summary>The name of a call as it may be printed.</summary>
    public string NameOf(int index)
    {
        var entry = Entry(index);
        var length = Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(entry[20..]), 0, EntryBytes - NameStart);
        return Encoding.ASCII.GetString(entry.Slice(NameStart, length));
    }

    private CallKinds KindsOf(int index) => (CallKinds)BinaryPrimitives.ReadUInt16LittleEndian(Entry(index)[16..]);

    private uint FileOf(int index) => BinaryPrimitives.ReadUInt32LittleEndian(Entry(index)[12..]);

    private Span<byte> Entry(int index) => _state.Slice(HeaderBytes + (index * EntryBytes), EntryBytes);
}
