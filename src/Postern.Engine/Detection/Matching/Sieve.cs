using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// Finds the few positions of a text whose window may belong to a literal: first the vector prefilter, then one bit of a
/// table per candidate. Neither calls anything nor branches on the outcome of a candidate, so a flood of candidates costs
/// a few cycles each.
/// </summary>
internal static class Sieve
{
    // The same for all widths: what costs most is the mispredicted end of the loop over candidates, once per block.
    private const int Block = 64;

    /// <summary>
    /// Writes surviving positions from <paramref name="position"/> on, ascending, and moves it behind what was seen:
    /// to the end of the text, or short of it when fewer than 64 places are left in <paramref name="survivors"/>.
    /// <paramref name="masks"/> is <see cref="WidenedMasks.Bytes"/> for the width.
    /// </summary>
    public static int Run<TLanes>(ReadOnlySpan<byte> text, ref int position, MatchTable table, ReadOnlySpan<byte> masks, Span<int> survivors)
        where TLanes : struct, ILanes
    {
        var last = text.Length - Block - (Window.Bytes - 1);
        if (last < 0)
        {
            return RunScalar(text, ref position, table, survivors);
        }

        ref var start = ref MemoryMarshal.GetReference(text);
        ref var tables = ref MemoryMarshal.GetReference(masks);
        var groups = masks.Length / (TeddyLayout.Columns * TLanes.Width);
        var filter = table.Filter;
        ref var kept = ref MemoryMarshal.GetReference(survivors);
        var room = survivors.Length - Block;
        var count = 0;
        var at = position;
        while (at <= last + Block - 1 && count <= room)
        {
            // The last block is moved back to end with the text; the bits of positions already seen are dropped.
            var block = Math.Min(at, last);
            var candidates = Candidates<TLanes>(ref Unsafe.Add(ref start, block), ref tables, groups) >> (at - block) << (at - block);
            while (candidates != 0)
            {
                var candidate = block + BitOperations.TrailingZeroCount(candidates);
                Unsafe.Add(ref kept, count) = candidate;
                count += filter.Passes(Window.At(ref start, candidate));
                candidates &= candidates - 1;
            }

            at = block + Block;
        }

        position = at;
        return at == last + Block && count <= room ? count + RunScalar(text, ref position, table, survivors[count..]) : count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Candidates<TLanes>(ref byte text, ref byte tables, int groups)
        where TLanes : struct, ILanes
    {
        var candidates = 0UL;
        for (var part = 0; part < Block; part += TLanes.Width)
        {
            candidates |= TLanes.Candidates(ref Unsafe.Add(ref text, part), ref tables, groups) << part;
        }

        return candidates;
    }

    /// <summary>The same one position at a time, for short texts, the last bytes of any text, and machines without vectors.</summary>
    public static int RunScalar(ReadOnlySpan<byte> text, ref int position, MatchTable table, Span<int> survivors)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var filter = table.Filter;
        var count = 0;
        var at = position;
        var full = text.Length - Window.Bytes;
        for (; at <= full && count < survivors.Length; at++)
        {
            survivors[count] = at;
            count += filter.Passes(Window.At(ref start, at));
        }

        for (; at < text.Length && at > full && count < survivors.Length; at++)
        {
            survivors[count] = at;
            count += filter.Passes(Window.NearEnd(text, at));
        }

        position = at;
        return count;
    }
}
