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
        for (var block = start >> BlockShift; block <= end >> BlockShift; block++)
        {
            if (block >> 6 >= _blocks.Length)
            {
                Array.Resize(ref _blocks, Math.Max((block >> 6) + 1, _blocks.Length * 2));
            }

            _blocks[block >> 6] |= 1UL << block;
        }
    }

    /// <summary>Whether any block of a stretch, or the byte before it, is marked.</summary>
    public bool Any(int start, int end)
    {
        for (var block = Math.Max(0, start - 1) >> BlockShift; block <= end >> BlockShift; block++)
        {
            if (block >> 6 >= _blocks.Length)
            {
                return false;
            }

            if ((_blocks[block >> 6] >> block & 1) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Release() => _blocks = new ulong[8];
}
