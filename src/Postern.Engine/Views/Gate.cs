using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Postern.Engine.Views;

/// <summary>
/// One pass over a view that says which decoders have anything to do, and where. Two nibble lookups put every byte
/// into eight character classes and eight features; the classes become bit masks, in which runs are found by shifts.
/// </summary>
internal static class Gate
{
    private const int Block = 64;
    private const byte Base64Classes = 0x3F;
    private const byte HexClasses = 0x03;
    private const byte DelimiterClasses = 0xC0;

    // Classes: 1 digit, 2 letter a-f, 4 letter g-o, 8 letter p-z, 16 + / -, 32 _, 64 space , -, 128 colon.
    private static ReadOnlySpan<byte> ClassLow => [73, 11, 11, 11, 11, 11, 11, 13, 13, 13, 140, 20, 68, 84, 4, 52];

    private static ReadOnlySpan<byte> ClassHigh => [0, 0, 80, 129, 6, 40, 6, 8, 0, 0, 0, 0, 0, 0, 0, 0];

    // The bits are those of Feature.
    private static ReadOnlySpan<byte> FeatureLow => [33, 33, 33, 33, 33, 37, 41, 33, 161, 32, 96, 33, 49, 96, 33, 35];

    private static ReadOnlySpan<byte> FeatureHigh => [65, 32, 12, 0, 0, 144, 0, 130, 32, 32, 32, 32, 32, 32, 32, 32];

    /// <summary>Reads the bytes and leaves features, runs and groups with the level.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, Level level)
    {
        level.Runs.Clear();
        level.HexRuns.Clear();
        level.HexGroups.Clear();
        var seen = Vector128<byte>.Zero;
        var base64 = default(RunTracker);
        var hex = default(RunTracker);
        var groups = default(HexGroupTracker);
        var at = 0;
        for (; at <= bytes.Length - Block; at += Block)
        {
            seen |= ReadBlock(ref MemoryMarshal.GetReference(bytes[at..]), at, level, ref base64, ref hex, ref groups);
        }

        if (at < bytes.Length)
        {
            // '!' belongs to no class and is no feature, so the padding ends every run where the text ends.
            Span<byte> tail = stackalloc byte[Block];
            tail.Fill((byte)'!');
            bytes[at..].CopyTo(tail);
            seen |= ReadBlock(ref MemoryMarshal.GetReference(tail), at, level, ref base64, ref hex, ref groups);
            at += Block;
        }

        base64.Finish(at, level.Runs);
        hex.Finish(at, level.HexRuns);
        level.Features = (Feature)Fold(seen);
    }

    private static Vector128<byte> ReadBlock(
        ref byte start, int at, Level level, ref RunTracker base64, ref RunTracker hex, ref HexGroupTracker groups)
    {
        Masks masks;
        var seen = Avx2.IsSupported ? Classify256(ref start, out masks) : Classify128(ref start, out masks);
        base64.Add(masks.Base64, at, level.Runs);
        hex.Add(masks.Hex, at, level.HexRuns);
        groups.Add(masks.Hex, masks.Delimiters, at, level.HexGroups);
        return seen;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Classify256(ref byte start, out Masks masks)
    {
        var a = Classify(Vector256.LoadUnsafe(ref start), out var first);
        var b = Classify(Vector256.LoadUnsafe(ref start, (nuint)Vector256<byte>.Count), out var second);
        masks = new Masks(
            first.Base64 | (second.Base64 << Vector256<byte>.Count),
            first.Hex | (second.Hex << Vector256<byte>.Count),
            first.Delimiters | (second.Delimiters << Vector256<byte>.Count));
        var seen = a | b;
        return seen.GetLower() | seen.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Classify(Vector256<byte> v, out Masks masks)
    {
        var low = v & Vector256.Create((byte)0x0F);
        var high = (v.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)0x0F);
        var features = Avx2.Shuffle(Both(FeatureLow), low) & Avx2.Shuffle(Both(FeatureHigh), high);
        var classes = Avx2.Shuffle(Both(ClassLow), low) & Avx2.Shuffle(Both(ClassHigh), high);
        masks = new Masks(
            NonZero((classes & Vector256.Create(Base64Classes)) | (features & Vector256.Create((byte)Feature.LineBreak))),
            NonZero(classes & Vector256.Create(HexClasses)),
            NonZero(classes & Vector256.Create(DelimiterClasses)));
        return features;
    }

    private static Vector128<byte> Classify128(ref byte start, out Masks masks)
    {
        var seen = Vector128<byte>.Zero;
        masks = default;
        for (var i = 0; i < Block; i += Vector128<byte>.Count)
        {
            var v = Vector128.LoadUnsafe(ref start, (nuint)i);
            var low = v & Vector128.Create((byte)0x0F);
            var high = v >>> 4;
            var features = Vector128.Shuffle(Vector128.Create(FeatureLow), low) & Vector128.Shuffle(Vector128.Create(FeatureHigh), high);
            var classes = Vector128.Shuffle(Vector128.Create(ClassLow), low) & Vector128.Shuffle(Vector128.Create(ClassHigh), high);
            seen |= features;
            masks = new Masks(
                masks.Base64 | (NonZero((classes & Vector128.Create(Base64Classes)) | (features & Vector128.Create((byte)Feature.LineBreak))) << i),
                masks.Hex | (NonZero(classes & Vector128.Create(HexClasses)) << i),
                masks.Delimiters | (NonZero(classes & Vector128.Create(DelimiterClasses)) << i));
        }

        return seen;
    }

    private static Vector256<byte> Both(ReadOnlySpan<byte> table) => Vector256.Create(Vector128.Create(table));

    private static ulong NonZero(Vector128<byte> v) => ~Vector128.Equals(v, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;

    private static ulong NonZero(Vector256<byte> v) => ~Vector256.Equals(v, Vector256<byte>.Zero).ExtractMostSignificantBits();

    private static byte Fold(Vector128<byte> seen)
    {
        var words = seen.AsUInt64();
        var all = words[0] | words[1];
        all |= all >> 32;
        all |= all >> 16;
        return (byte)(all | (all >> 8));
    }

    private readonly record struct Masks(ulong Base64, ulong Hex, ulong Delimiters);
}
