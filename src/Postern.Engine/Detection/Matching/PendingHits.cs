using System.Numerics;

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// Puts occurrences in order of start. Windows lie at different offsets in their literals, so an occurrence may be found
/// up to 62 bytes later than one that begins behind it; starts wait in a ring of 64 lists until nothing can precede them.
/// </summary>
internal ref struct PendingHits
{
    /// <summary>Lists in the ring: more than the largest offset, and one bit each of a word.</summary>
    public const int Ring = 64;

    private readonly MatchTable _table;
    private readonly Span<int> _heads;      // valid only where _waiting has the bit
    private readonly Span<PendingNode> _nodes;
    private ulong _waiting;                 // bit start % 64
    private int _lowest;                    // no waiting start is below it, none is 64 or more above it
    private int _free;                      // list of nodes given back, or -1
    private int _used;                      // nodes ever taken

    /// <summary>An empty ring; <paramref name="nodes"/> holds at least (MaxOffset + 1) * MaxDepth of the table.</summary>
    public PendingHits(MatchTable table, Span<int> heads, Span<PendingNode> nodes)
    {
        _table = table;
        _heads = heads;
        _nodes = nodes;
        _free = -1;
    }

    /// <summary>Takes an occurrence that starts at or behind the last flush.</summary>
    public void Add(int start, int pattern)
    {
        var slot = start % Ring;
        var node = TakeNode();
        var bit = 1UL << slot;
        _nodes[node] = new PendingNode { Pattern = pattern, Next = (_waiting & bit) != 0 ? _heads[slot] : -1 };
        _heads[slot] = node;
        _waiting |= bit;
    }

    /// <summary>
    /// Hands out the next occurrence that starts below <paramref name="limit"/>, by start, then id. Once it returns false,
    /// nothing below the limit may be added any more.
    /// </summary>
    public bool TryTake(int limit, out int start, out int id)
    {
        while (_waiting != 0)
        {
            start = _lowest + BitOperations.TrailingZeroCount(BitOperations.RotateRight(_waiting, _lowest % Ring));
            if (start >= limit)
            {
                break;
            }

            _lowest = start;
            var head = _heads[start % Ring];
            if (TryTakeId(head, out id))
            {
                return true;
            }

            GiveBack(head);
            _waiting &= ~(1UL << (start % Ring));
        }

        _lowest = Math.Max(_lowest, limit);
        (start, id) = (0, 0);
        return false;
    }

    /// <summary>The smallest id of the list that was not handed out: each pattern has its ids in ascending order.</summary>
    private readonly bool TryTakeId(int head, out int id)
    {
        var best = -1;
        id = int.MaxValue;
        for (var node = head; node >= 0; node = _nodes[node].Next)
        {
            ref readonly var pattern = ref _table.Patterns[_nodes[node].Pattern];
            var taken = _nodes[node].Taken;
            if (taken < pattern.IdCount && _table.Ids[pattern.FirstId + taken] <= id)
            {
                best = node;
                id = _table.Ids[pattern.FirstId + taken];
            }
        }

        if (best < 0)
        {
            return false;
        }

        _nodes[best].Taken++;
        return true;
    }

    private int TakeNode()
    {
        if (_free < 0)
        {
            return _used++;
        }

        var node = _free;
        _free = _nodes[node].Next;
        return node;
    }

    private void GiveBack(int head)
    {
        var last = head;
        while (_nodes[last].Next >= 0)
        {
            last = _nodes[last].Next;
        }

        _nodes[last].Next = _free;
        _free = head;
    }
}
