using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Postern.Engine.Detection.Rules;

/// <summary>64 bytes of text split into nibbles once, to be asked about any number of ASCII sets: one shuffle per set and vector.</summary>
internal readonly struct TextBlock
{
    /// <summary>Bytes in a block: one bit each of a word.</summary>
    public const int Bytes = 64;

    /// <summary>A byte that is in no set, to fill up the last block of a text.</summary>
    public const byte Filler = 0x80;

    private readonly Vector256<byte> _lowFirst;
    private readonly Vector256<byte> _lowSecond;
    private readonly Vector256<byte> _highFirst;
    private readonly Vector256<byte> _highSecond;

    private TextBlock(Vector256<byte> first, Vector256<byte> second)
    {
        (_lowFirst, _highFirst) = Split(first);
        (_lowSecond, _highSecond) = Split(second);
    }

    // The upper nibble as a bit; bytes outside ASCII have none, so they are in no set.
    private static ReadOnlySpan<byte> BitOfHigh => [1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Reads the 64 bytes at <paramref name="start"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TextBlock At(ref byte start) =>
        new(Vector256.LoadUnsafe(ref start), Vector256.LoadUnsafe(ref start, (nuint)Vector256<byte>.Count));

    /// <summary>Which bytes are in the set that <paramref name="table"/> stands for: the upper nibbles of its members, as bits, by lower nibble.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Members(Vector128<byte> table)
    {
        var both = Vector256.Create(table);
        return Outside(Shuffle(both, _lowFirst) & _highFirst) ^ 0xFFFF_FFFF | (ulong)(Outside(Shuffle(both, _lowSecond) & _highSecond) ^ 0xFFFF_FFFF) << Vector256<byte>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Outside(Vector256<byte> bits) => Vector256.Equals(bits, Vector256<byte>.Zero).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> Low, Vector256<byte> High) Split(Vector256<byte> text)
    {
        var nibble = Vector256.Create((byte)0x0F);
        var high = (text.AsUInt16() >>> 4).AsByte() & nibble;
        return (text & nibble, Shuffle(Vector256.Create(Vector128.Create(BitOfHigh)), high));
    }

    // Indices are below 16 and both halves of the table are equal, so the halves may be looked up apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Shuffle(Vector256<byte> table, Vector256<byte> indices) => Avx2.IsSupported
        ? Avx2.Shuffle(table, indices)
        : Vector256.Create(
            Vector128.Shuffle(table.GetLower(), indices.GetLower()),
            Vector128.Shuffle(table.GetUpper(), indices.GetUpper()));
}
