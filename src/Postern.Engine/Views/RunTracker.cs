using System.Numerics;
using System.Runtime.CompilerServices;

namespace Postern.Engine.Views;

/// <summary>Finds runs of at least sixteen members of a class from the class's bit masks, block by block.</summary>
internal struct RunTracker
{
    public const int MinRun = 16;

    private const int Block = 64;
    private int _open;

    /// <summary>Reads one mask, bit i standing for byte <paramref name="at"/> + i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong mask, int at, RangeList runs)
    {
        // Most blocks hold no such run, nor the end of one.
        if (_open + BitOperations.TrailingZeroCount(~mask) < MinRun && StartsOf(mask) == 0)
        {
            _open = BitOperations.LeadingZeroCount(~mask);
        }
        else
        {
            AddRuns(mask, at, runs);
        }
    }

    private void AddRuns(ulong mask, int at, RangeList runs)
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
        var inner = mask & (ulong.MaxValue >> _open) & (ulong.MaxValue << lead);
        for (var starts = StartsOf(inner); starts != 0;)
        {
            var start = BitOperations.TrailingZeroCount(starts);
            var end = start + BitOperations.TrailingZeroCount(~(inner >> start));
            runs.Add(at + start, at + end);
            starts = end >= Block ? 0 : starts & (ulong.MaxValue << end);
        }
    }

    /// <summary>Closes a run that reaches the end of the text.</summary>
    public void Finish(int end, RangeList runs)
    {
        if (_open >= MinRun)
        {
            runs.Add(end - _open, end);
        }
    }

    /// <summary>Where sixteen members in a row begin.</summary>
    private static ulong StartsOf(ulong mask)
    {
        var starts = mask & (mask >> 1);
        starts &= starts >> 2;
        starts &= starts >> 4;
        return starts & (starts >> 8);
    }
}
