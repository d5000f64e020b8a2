using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Postern.Engine.Detection.Matching;

/// <summary>The prefilter on 64 bytes at once.</summary>
internal readonly struct Lanes512 : ILanes
{
    /// <inheritdoc/>
    public static int Width => 64;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Candidates(ref byte text, ref byte masks, int groups)
    {
        var first = Vector512.LoadUnsafe(ref text);
        var second = Vector512.LoadUnsafe(ref text, 1);
        var third = Vector512.LoadUnsafe(ref text, 2);
        var fourth = Vector512.LoadUnsafe(ref text, 3);
        var (firstLow, firstHigh) = (Low(first), High(first));
        var (secondLow, secondHigh) = (Low(second), High(second));
        var (thirdLow, thirdHigh) = (Low(third), High(third));
        var (fourthLow, fourthHigh) = (Low(fourth), High(fourth));
        var accepted = Vector512<byte>.Zero;
        for (var group = 0; group < groups; group++)
        {
            ref var row = ref Unsafe.Add(ref masks, group * TeddyLayout.Columns * Width);
            accepted |= Look(ref row, 0, firstLow) & Look(ref row, 1, firstHigh)
                & Look(ref row, 2, secondLow) & Look(ref row, 3, secondHigh)
                & Look(ref row, 4, thirdLow) & Look(ref row, 5, thirdHigh)
                & Look(ref row, 6, fourthLow) & Look(ref row, 7, fourthHigh);
        }

        return ~Vector512.Equals(accepted, Vector512<byte>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Low(Vector512<byte> bytes) => bytes & Vector512.Create((byte)0x0F);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> High(Vector512<byte> bytes) => (bytes.AsUInt16() >>> 4).AsByte() & Vector512.Create((byte)0x0F);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Look(ref byte row, nuint column, Vector512<byte> nibbles) =>
        Avx512BW.Shuffle(Vector512.LoadUnsafe(ref row, column * 64), nibbles);
}
