using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Postern.Engine.Detection.Matching;

/// <summary>The prefilter on 32 bytes at once.</summary>
internal readonly struct Lanes256 : ILanes
{
    /// <inheritdoc/>
    public static int Width => 32;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Candidates(ref byte text, ref byte masks, int groups)
    {
        var first = Vector256.LoadUnsafe(ref text);
        var second = Vector256.LoadUnsafe(ref text, 1);
        var third = Vector256.LoadUnsafe(ref text, 2);
        var fourth = Vector256.LoadUnsafe(ref text, 3);
        var (firstLow, firstHigh) = (Low(first), High(first));
        var (secondLow, secondHigh) = (Low(second), High(second));
        var (thirdLow, thirdHigh) = (Low(third), High(third));
        var (fourthLow, fourthHigh) = (Low(fourth), High(fourth));
        var accepted = Vector256<byte>.Zero;
        for (var group = 0; group < groups; group++)
        {
            ref var row = ref Unsafe.Add(ref masks, group * TeddyLayout.Columns * Width);
            accepted |= Look(ref row, 0, firstLow) & Look(ref row, 1, firstHigh)
                & Look(ref row, 2, secondLow) & Look(ref row, 3, secondHigh)
                & Look(ref row, 4, thirdLow) & Look(ref row, 5, thirdHigh)
                & Look(ref row, 6, fourthLow) & Look(ref row, 7, fourthHigh);
        }

        return ~Vector256.Equals(accepted, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Low(Vector256<byte> bytes) => bytes & Vector256.Create((byte)0x0F);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> High(Vector256<byte> bytes) => (bytes.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)0x0F);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Look(ref byte row, nuint column, Vector256<byte> nibbles) =>
        Avx2.Shuffle(Vector256.LoadUnsafe(ref row, column * 32), nibbles);
}
