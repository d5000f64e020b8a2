using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Postern.Engine.Detection.Matching;

/// <summary>The prefilter on 16 bytes at once.</summary>
internal readonly struct Lanes128 : ILanes
{
    /// <inheritdoc/>
    public static int Width => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Candidates(ref byte text, ref byte masks, int groups)
    {
        var first = Vector128.LoadUnsafe(ref text);
        var second = Vector128.LoadUnsafe(ref text, 1);
        var third = Vector128.LoadUnsafe(ref text, 2);
        var fourth = Vector128.LoadUnsafe(ref text, 3);
        var (firstLow, firstHigh) = (Low(first), High(first));
        var (secondLow, secondHigh) = (Low(second), High(second));
        var (thirdLow, thirdHigh) = (Low(third), High(third));
        var (fourthLow, fourthHigh) = (Low(fourth), High(fourth));
        var accepted = Vector128<byte>.Zero;
        for (var group = 0; group < groups; group++)
        {
            ref var row = ref Unsafe.Add(ref masks, group * TeddyLayout.Columns * Width);
            accepted |= Look(ref row, 0, firstLow) & Look(ref row, 1, firstHigh)
                & Look(ref row, 2, secondLow) & Look(ref row, 3, secondHigh)
                & Look(ref row, 4, thirdLow) & Look(ref row, 5, thirdHigh)
                & Look(ref row, 6, fourthLow) & Look(ref row, 7, fourthHigh);
        }

        return ~Vector128.Equals(accepted, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Low(Vector128<byte> bytes) => bytes & Vector128.Create((byte)0x0F);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> High(Vector128<byte> bytes) => (bytes.AsUInt16() >>> 4).AsByte() & Vector128.Create((byte)0x0F);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Look(ref byte row, nuint column, Vector128<byte> nibbles) =>
        Vector128.ShuffleNative(Vector128.LoadUnsafe(ref row, column * 16), nibbles);
}
