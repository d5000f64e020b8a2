using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Postern.Engine.Detection.Matching;

/// <summary>Fits the scan to the machine: the widest vectors it has, and as many bucket groups as pay for themselves.</summary>
internal static class LayoutChoice
{
    // Measured on Zen 5, where they were fitted to the best layouts for 150 to 1,500 literals: the shuffles of one group
    // for one vector; the lookup of a candidate with its part of the mispredicted loop ends.
    private const float CyclesPerGroup = 4.5f;
    private const float CyclesPerCandidate = 8f;

    /// <summary>The widest vectors that are fast here.</summary>
    public static ScanWidth BestWidth =>
        IsFast(ScanWidth.Vector512) ? ScanWidth.Vector512
        : IsFast(ScanWidth.Vector256) ? ScanWidth.Vector256
        : IsFast(ScanWidth.Vector128) ? ScanWidth.Vector128
        : ScanWidth.Scalar;

    /// <summary>True when the machine runs <paramref name="width"/> as fast as it should.</summary>
    public static bool IsFast(ScanWidth width) => width switch
    {
        ScanWidth.Vector512 => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported,
        ScanWidth.Vector256 => Vector256.IsHardwareAccelerated && Avx2.IsSupported,
        ScanWidth.Vector128 => Vector128.IsHardwareAccelerated,
        _ => true,
    };

    /// <summary>The layout with the least expected time per byte at <paramref name="width"/>.</summary>
    public static TeddyLayout For(ReadOnlySpan<TeddyLayout> layouts, ScanWidth width)
    {
        var best = layouts[0];
        foreach (var layout in layouts)
        {
            best = Cost(layout, width) < Cost(best, width) ? layout : best;
        }

        return best;
    }

    private static float Cost(TeddyLayout layout, ScanWidth width) =>
        (layout.Groups * CyclesPerGroup / (int)width) + (layout.Rate * CyclesPerCandidate);
}
