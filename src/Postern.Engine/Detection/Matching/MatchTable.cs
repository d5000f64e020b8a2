using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Postern.Engine.Detection.Matching;

/// <summary>Everything a scan reads, immutable. <see cref="TableFormat"/> checks every index before one is made from bytes.</summary>
internal sealed class MatchTable
{
    /// <summary>Slots for pairs, behind one slot per word of the filter.</summary>
    public const int PairSlots = 256;

    /// <summary>Decides which window positions are worth confirming.</summary>
    public required WindowFilter Filter { get; init; }

    /// <summary>Per slot the index of its first pattern; one entry more than slots, ascending.</summary>
    public required ushort[] Starts { get; init; }

    /// <summary>The patterns, grouped by slot.</summary>
    public required Pattern[] Patterns { get; init; }

    /// <summary>The literal ids of all patterns.</summary>
    public required int[] Ids { get; init; }

    /// <summary>Values and masks of all patterns.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>The largest <see cref="Pattern.Offset"/>: how far behind the window an occurrence may begin.</summary>
    public required int MaxOffset { get; init; }

    /// <summary>How many patterns may be found at one start, at most.</summary>
    public required int MaxDepth { get; init; }

    /// <summary>The bucket layouts to choose from, ascending by number of groups.</summary>
    public required TeddyLayout[] Layouts { get; init; }

    /// <summary>The patterns whose window hashes like <paramref name="window"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int From, int To) Slot(uint window)
    {
        var slot = Window.Slot(window, Filter.Shift);
        return (Starts[slot], Starts[slot + 1]);
    }

    /// <summary>The two-byte patterns whose pair hashes like the one that begins <paramref name="window"/>.</summary>
    public (int From, int To) PairSlot(uint window)
    {
        var slot = Filter.Words.Length + Window.PairSlot(window);
        return (Starts[slot], Starts[slot + 1]);
    }

    /// <summary>True when <paramref name="pattern"/> stands in <paramref name="text"/> at <paramref name="start"/>.</summary>
    public bool StandsAt(ReadOnlySpan<byte> text, int start, in Pattern pattern)
    {
        if ((uint)start > (uint)text.Length || pattern.Length > text.Length - start)
        {
            return false;
        }

        // The value and its mask, padded to whole vectors.
        var padded = pattern.PaddedLength;
        var wanted = Bytes.AsSpan(pattern.Value, padded * 2);
        return padded <= text.Length - start && Vector128.IsHardwareAccelerated
            ? EqualInBlocks(text.Slice(start, padded), wanted)
            : EqualByByte(text.Slice(start, pattern.Length), wanted[..padded], wanted[padded..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EqualInBlocks(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted)
    {
        ref var value = ref MemoryMarshal.GetReference(wanted);
        for (nuint i = 0; i < (uint)text.Length; i += 16)
        {
            var difference = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text), i) ^ Vector128.LoadUnsafe(ref value, i);
            if ((difference & Vector128.LoadUnsafe(ref value, i + (uint)text.Length)) != Vector128<byte>.Zero)
            {
                return false;
            }
        }

        return true;
    }

    private static bool EqualByByte(ReadOnlySpan<byte> text, ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (((text[i] ^ value[i]) & mask[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
