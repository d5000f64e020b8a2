using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    private static ReadOnlySpan<byte> FeatureLow => [161, 161, 161, 161, 161, 165, 169, 161, 161, 160, 224, 161, 177, 224, 161, 163];

    private static ReadOnlySpan<byte> FeatureHigh => [65, 128, 12, 0, 0, 16, 0, 2, 32, 32, 32, 32, 32, 32, 32, 32];

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
        var classLow = Vector128.Create(ClassLow);
        var classHigh = Vector128.Create(ClassHigh);
        var featureLow = Vector128.Create(FeatureLow);
        var featureHigh = Vector128.Create(FeatureHigh);
        var seen = Vector128<byte>.Zero;
        ulong base64Mask = 0, hexMask = 0, delimiterMask = 0;
        for (var i = 0; i < Block; i += Vector128<byte>.Count)
        {
            var v = Vector128.LoadUnsafe(ref start, (nuint)i);
            var low = v & Vector128.Create((byte)0x0F);
            var high = v >>> 4;
            var features = Vector128.ShuffleNative(featureLow, low) & Vector128.ShuffleNative(featureHigh, high);
            var classes = Vector128.ShuffleNative(classLow, low) & Vector128.ShuffleNative(classHigh, high);
            seen |= features;
            base64Mask |= (ulong)NonZero((classes & Vector128.Create(Base64Classes)) | (features & Vector128.Create((byte)Feature.LineBreak))) << i;
            hexMask |= (ulong)NonZero(classes & Vector128.Create(HexClasses)) << i;
            delimiterMask |= (ulong)NonZero(classes & Vector128.Create(DelimiterClasses)) << i;
        }

        base64.Add(base64Mask, at, level.Runs);
        hex.Add(hexMask, at, level.HexRuns);
        groups.Add(hexMask, delimiterMask, at, level.HexGroups);
        return seen;
    }

    private static uint NonZero(Vector128<byte> v) => ~Vector128.Equals(v, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;

    private static byte Fold(Vector128<byte> seen)
    {
        var words = seen.AsUInt64();
        var all = words[0] | words[1];
        all |= all >> 32;
        all |= all >> 16;
        return (byte)(all | (all >> 8));
    }
}
