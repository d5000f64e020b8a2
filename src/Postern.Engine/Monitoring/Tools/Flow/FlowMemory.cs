using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Postern.Engine.Monitoring.Tools.Flow;

/// <summary>
/// What the last sensitive answers said, as fingerprints over the bytes of a state. Layout, little-endian: version (1 byte, 0 = never used), newest
/// source (1), 6 zero; 16 sources (the first unused) of 48 bytes: kind (1), sparse (1), sparse for rare runs (1), length of the name (1), order (4), name (24), zero;
/// 1,024 buckets of four fingerprints (4 bytes: 28 bits of hash, 4 bits source; 0 = empty).
/// </summary>
internal readonly ref struct FlowMemory(Span<byte> state)
{
    /// <summary>Answers remembered.</summary>
    public const int MaxSources = 15;

    /// <summary>Bytes of state; all zero remembers nothing.</summary>
    public const int StateBytes = TableStart + (Buckets * PerBucket * sizeof(uint));

    /// <summary>Words of the set that <see cref="Find"/> fills.</summary>
    public const int FoundWords = Buckets * PerBucket / 64;

    private const byte Version = 1;
    private const int SourceStart = 8;
    private const int SourceBytes = 48;
    private const int TableStart = SourceStart + ((MaxSources + 1) * SourceBytes);
    private const int Buckets = 1024;
    private const int PerBucket = 4;
    private const int NameStart = 8;
    private const int MaxName = 24;

    private readonly Span<byte> _state = state;

    private Span<uint> Table => MemoryMarshal.Cast<byte, uint>(_state[TableStart..]);

    /// <summary>Makes room for a source; the oldest is forgotten.</summary>
    public int Open(in FlowSource source, string name)
    {
        if (_state[0] != Version)
        {
            _state.Clear();
            _state[0] = Version;
        }

        var index = (_state[1] % MaxSources) + 1;
        _state[1] = (byte)index;
        Forget(index);
        var order = 0u;
        for (var other = 1; other <= MaxSources; other++)
        {
            order = Math.Max(order, OrderOf(other));
        }

        var entry = Entry(index);
        entry.Clear();
        (entry[0], entry[1], entry[2]) = ((byte)source.Kind, source.Sparse, source.SparseRare);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], order + 1);
        entry[3] = (byte)Encoding.ASCII.GetBytes(name.AsSpan(0, Math.Min(name.Length, MaxName)), entry[NameStart..]);
        return index;
    }

    /// <summary>Remembers a run of a source. What strangers wrote is public: it is remembered for nobody else, and what everybody can read is forgotten.</summary>
    public void Remember(ulong gram, int source)
    {
        var bucket = Bucket(gram);
        var wanted = Stored(gram, source);
        var victim = 0;
        for (var i = 0; i < bucket.Length; i++)
        {
            var there = SourceIn(bucket[i]);
            if (there != 0 && (bucket[i] ^ wanted) <= 0xF)
            {
                bucket[i] = KindOf(there) == SourceKind.Fetched ? bucket[i] : wanted;
                return;
            }

            victim = Worth(bucket[i]) < Worth(bucket[victim]) ? i : victim;
        }

        bucket[victim] = wanted;
    }

    /// <summary>The source that a run came from; 0 when it is not remembered, or was found before.</summary>
    /// <param name="gram">The run.</param>
    /// <param name="found">One bit per fingerprint, <see cref="FoundWords"/> words: several views of a message say the same.</param>
    public int Find(ulong gram, Span<ulong> found)
    {
        var wanted = Stored(gram, 0);
        var bucket = _state[0] == Version ? Bucket(gram) : [];
        for (var i = 0; i < bucket.Length; i++)
        {
            if (bucket[i] != 0 && (bucket[i] ^ wanted) <= 0xF)
            {
                var slot = (int)((gram >> 32) % Buckets * PerBucket) + i;
                var isNew = (found[slot / 64] & (1UL << slot)) == 0;
                found[slot / 64] |= 1UL << slot;
                return isNew ? SourceIn(bucket[i]) : 0;
            }
        }

        return 0;
    }

    /// <summary>What is known of a source.</summary>
    public FlowSource this[int source] => new(KindOf(source), Entry(source)[1], Entry(source)[2]);

    /// <summary>The name of the call that a source answered.</summary>
    public string NameOf(int source) => Encoding.ASCII.GetString(Entry(source).Slice(NameStart, Math.Min(Entry(source)[3], (byte)MaxName)));

    private Span<uint> Bucket(ulong gram) => Table.Slice((int)((gram >> 32) % Buckets) * PerBucket, PerBucket);

    private static uint Stored(ulong gram, int source) => ((uint)(gram >> 12) & ~0xFu) | (uint)source;

    private static int SourceIn(uint stored) => (int)(stored & 0xF);

    private SourceKind KindOf(int source) => (SourceKind)Entry(source)[0];

    private uint OrderOf(int source) => BinaryPrimitives.ReadUInt32LittleEndian(Entry(source)[4..]);

    /// <summary>What matters less goes first, then what is older.</summary>
    private ulong Worth(uint stored) => stored == 0 ? 0 : ((ulong)KindOf(SourceIn(stored)) << 32) | OrderOf(SourceIn(stored));

    private void Forget(int source)
    {
        foreach (ref var stored in Table)
        {
            stored = SourceIn(stored) == source ? 0 : stored;
        }
    }

    private Span<byte> Entry(int source) => _state.Slice(SourceStart + (source * SourceBytes), SourceBytes);
}
