using System.Numerics;

namespace Postern.Engine.Views;

/// <summary>Which stretches of a partial view differ from its parent, in blocks of 64 bytes.</summary>
internal sealed class TouchMarks
{
    private const int BlockShift = 6;
    private ulong[] _blocks = new ulong[8];

    /// <summary>How many blocks are marked.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var blocks in _blocks)
            {
                count += BitOperations.PopCount(blocks);
            }

            return count;
        }
    }

    public void Clear() => Array.Clear(_blocks);

    public void Add(int start, int end)
    {
        var last = end >> BlockShift;
        if (last >> 6 >= _blocks.Length)
        {
            Array.Resize(ref _blocks, Math.Max((last >> 6) + 1, _blocks.Length * 2));
        }

        for (var block = start >> BlockShift; block <= last; block++)
        {
            _blocks[block >> 6] |= 1UL << block;
        }
    }

    /// <summary>Whether any block of a stretch, or the byte before it, is marked.</summary>
    public bool Any(int start, int end)
    {
        var first = Math.Max(0, start - 1) >> BlockShift;
        var last = end >> BlockShift;
        for (var word = first >> 6; word <= last >> 6 && word < _blocks.Length; word++)
        {
            var bits = _blocks[word];
            bits &= word == first >> 6 ? ulong.MaxValue << first : ulong.MaxValue;
            bits &= word == last >> 6 ? ulong.MaxValue >> ~last : ulong.MaxValue;
            if (bits != 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Release() => _blocks = new ulong[8];
}
