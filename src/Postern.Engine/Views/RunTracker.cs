using System.Numerics;

namespace Postern.Engine.Views;

/// <summary>Finds runs of at least sixteen members of a class from the class's bit masks, block by block.</summary>
internal struct RunTracker
{
    public const int MinRun = 16;

    private const int Block = 64;
    private int _open;

    /// <summary>Reads one mask, bit i standing for byte <paramref name="at"/> + i.</summary>
    public void Add(ulong mask, int at, RangeList runs)
    {
        if (mask == ulong.MaxValue)
        {
            _open += Block;
            return;
        }

        var lead = BitOperations.TrailingZeroCount(~mask);
        if (_open + lead >= MinRun)
        {
            runs.Add(at - _open, at + lead);
        }

        _open = BitOperations.LeadingZeroCount(~mask);
        var inner = mask & (ulong.MaxValue >> _open);
        inner &= ulong.MaxValue << lead;
        AddInner(inner, at, runs);
    }

    /// <summary>Closes a run that reaches the end of the text.</summary>
    public void Finish(int end, RangeList runs)
    {
        if (_open >= MinRun)
        {
            runs.Add(end - _open, end);
        }
    }

    private static void AddInner(ulong inner, int at, RangeList runs)
    {
        var long16 = inner & (inner >> 1);
        long16 &= long16 >> 2;
        long16 &= long16 >> 4;
        long16 &= long16 >> 8;
        while (long16 != 0)
        {
            var start = BitOperations.TrailingZeroCount(long16);
            var end = start + BitOperations.TrailingZeroCount(~(inner >> start));
            runs.Add(at + start, at + end);
            long16 = end >= Block ? 0 : long16 & (ulong.MaxValue << end);
        }
    }
}
