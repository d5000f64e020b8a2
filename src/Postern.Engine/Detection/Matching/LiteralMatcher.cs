using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// Finds every occurrence of up to 4,000 literals in one pass. Immutable and safe to share between threads. Time is linear
/// in the text, and a scan allocates nothing.
/// </summary>
/// <remarks>
/// Three stages: vector shuffles accept windows by their nibbles, one bit of a hashed table thins them out, and what
/// survives is compared byte by byte with the few literals of its slot. Only the
/// third branches on what it sees. <c>Postern.Bench matching</c> measures it.
/// </remarks>
internal sealed class LiteralMatcher
{
    /// <summary>The most literals in one matcher.</summary>
    public const int MaxLiterals = 4000;

    private const int SurvivorsAtOnce = 256;
    private const int NodesOnStack = 256;

    private readonly MatchTable _table;
    private readonly WidenedMasks _masks;

    private LiteralMatcher(MatchTable table, ScanWidth width, TeddyLayout layout)
    {
        _table = table;
        Width = width;
        Layout = layout;
        _masks = new WidenedMasks(Layout, width);
    }

    /// <summary>How many bytes one step of the prefilter looks at on this machine.</summary>
    public ScanWidth Width { get; }

    /// <summary>The tables, for tests and measurements.</summary>
    public MatchTable Table => _table;

    /// <summary>The layout in use.</summary>
    public TeddyLayout Layout { get; }

    /// <summary>
    /// A matcher for 1 to 4,000 literals. Throws <see cref="ArgumentException"/> for none, too many, or one of fewer than
    /// 2 or more than 64 bytes. Takes some tenths of a second for thousands: tables that never change are better kept
    /// by <see cref="Write"/>.
    /// </summary>
    public static LiteralMatcher Build(ReadOnlySpan<Literal> literals) =>
        For(TableBuilder.Build(literals), LayoutChoice.BestWidth);

    /// <summary>Takes up a table that <see cref="Write"/> made. Throws <see cref="InvalidDataException"/> for anything else.</summary>
    public static LiteralMatcher Read(BinaryReader reader) => For(TableFormat.Read(reader), LayoutChoice.BestWidth);

    /// <summary>Keeps the tables, in one form for every machine.</summary>
    public void Write(BinaryWriter writer) => TableFormat.Write(_table, writer);

    /// <summary>The same literals at another width; the machine must have it.</summary>
    public LiteralMatcher At(ScanWidth width) => For(_table, width);

    /// <summary>The same literals at another width and another of the table's layouts.</summary>
    public LiteralMatcher At(ScanWidth width, TeddyLayout layout) => new(_table, width, layout);

    /// <summary>Reports every occurrence of every literal once, in ascending order of start, then id; overlaps included.</summary>
    [SkipLocalsInit]
    public void Scan<TSink>(ReadOnlySpan<byte> text, ref TSink sink)
        where TSink : struct, ILiteralSink, allows ref struct
    {
        Span<int> survivors = stackalloc int[SurvivorsAtOnce];
        var position = 0;
        var count = 0;
        while (count == 0)
        {
            if (position >= text.Length)
            {
                return;
            }

            count = Sift(text, ref position, survivors);
        }

        ScanSurvivors(text, position, survivors, count, ref sink);
    }

    /// <summary>The rest of a scan once something survived, so that a clean text pays for none of it.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ScanSurvivors<TSink>(ReadOnlySpan<byte> text, int position, scoped Span<int> survivors, int count, ref TSink sink)
        where TSink : struct, ILiteralSink, allows ref struct
    {
        var nodes = (_table.MaxOffset + 1) * _table.MaxDepth;
        var rented = nodes > NodesOnStack ? ArrayPool<PendingNode>.Shared.Rent(nodes) : null;
        try
        {
            Span<int> heads = stackalloc int[PendingHits.Ring];
            Span<PendingNode> onStack = stackalloc PendingNode[NodesOnStack];
            var pending = new PendingHits(_table, heads, rented ?? onStack);
            while (true)
            {
                foreach (var at in survivors[..count])
                {
                    while (pending.TryTake(at - _table.MaxOffset, out var start, out var id))
                    {
                        sink.Hit(id, start);
                    }

                    Confirm(text, at, ref pending);
                }

                if (position >= text.Length)
                {
                    break;
                }

                count = Sift(text, ref position, survivors);
            }

            while (pending.TryTake(int.MaxValue, out var start, out var id))
            {
                sink.Hit(id, start);
            }
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<PendingNode>.Shared.Return(rented);
            }
        }
    }

    private static LiteralMatcher For(MatchTable table, ScanWidth width) => new(table, width, LayoutChoice.For(table.Layouts, width));

    private int Sift(ReadOnlySpan<byte> text, ref int position, Span<int> survivors) => Width switch
    {
        ScanWidth.Vector512 => Sieve.Run<Lanes512>(text, ref position, _table, _masks.Bytes, survivors),
        ScanWidth.Vector256 => Sieve.Run<Lanes256>(text, ref position, _table, _masks.Bytes, survivors),
        ScanWidth.Vector128 => Sieve.Run<Lanes128>(text, ref position, _table, _masks.Bytes, survivors),
        _ => Sieve.RunScalar(text, ref position, _table, survivors),
    };

    private void Confirm(ReadOnlySpan<byte> text, int at, ref PendingHits pending)
    {
        var window = at <= text.Length - Window.Bytes
            ? Window.At(ref MemoryMarshal.GetReference(text), at)
            : Window.NearEnd(text, at);
        Compare(text, at, window, _table.Slot(window), ref pending);
        if (_table.Filter.HasPairs)
        {
            Compare(text, at, window, _table.PairSlot(window), ref pending);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Compare(ReadOnlySpan<byte> text, int at, uint window, (int From, int To) slot, ref PendingHits pending)
    {
        for (var i = slot.From; i < slot.To; i++)
        {
            ref readonly var pattern = ref _table.Patterns[i];
            if (((window ^ pattern.Key) & pattern.KeyMask) == 0 && _table.StandsAt(text, at - pattern.Offset, pattern))
            {
                pending.Add(at - pattern.Offset, i);
            }
        }
    }
}
