using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Postern.Engine.Views;

/// <summary>
/// Tells decoded text from decoded noise. Bytes are worth viewing when at least four in five are printable, when they
/// are UTF-8 beyond ASCII throughout, or where a stretch of at least twelve printable bytes (eight characters in the
/// case of UTF-16) stands among others. Of random bytes, six in a million begin such a stretch.
/// </summary>
internal static class TextTest
{
    public const int MinStretch = 12;

    private const int MinCertain = 16;
    private const int MinWideCharacters = 8;
    private const int Block = 64;
    private const int Margin = 16;
    private const int MaxCut = 3;

    private static readonly SearchValues<byte> s_controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 127]);

    /// <summary>Whether the bytes are text as a whole.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes, int minimum)
    {
        if (bytes.Length < minimum)
        {
            return false;
        }

        var printable = 0;
        for (var at = 0; at < bytes.Length; at += Block)
        {
            Masks(bytes, at, out var mask, out _);
            printable += BitOperations.PopCount(mask);
            if (at >= Block && printable * 2 < at)
            {
                break;
            }
        }

        return printable * 5 >= bytes.Length * 4 || IsUtf8(bytes);
    }

    /// <summary>
    /// Whether there is a stretch of at least sixteen printable bytes: text beyond doubt, where a wrong guess would
    /// refuse a message.
    /// </summary>
    public static bool HasCertainText(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        foreach (var b in bytes)
        {
            length = b is >= 0x20 and < 0x7F ? length + 1 : 0;
            if (length >= MinCertain)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of the changes stands in such a stretch, or makes one of two.</summary>
    public static bool HasCertainText(ReadOnlySpan<byte> bytes, ReadOnlySpan<ByteRange> changes)
    {
        foreach (var change in changes)
        {
            // With fewer than a whole stretch on either side, every stretch in the window takes part in the change.
            var from = Math.Max(0, change.Start - MinCertain + 1);
            if (from < bytes.Length && HasCertainText(bytes[from..Math.Min(bytes.Length, change.End + MinCertain - 1)]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The next stretch of text at or after <paramref name="from"/>, with a margin on both sides; stretches whose
    /// margins touch are one. Empty when there is none.
    /// </summary>
    public static ByteRange NextStretch(ReadOnlySpan<byte> bytes, int from)
    {
        var found = FindStretch(bytes, from);
        if (found.Length == 0)
        {
            return default;
        }

        var end = found.End;
        while (FindStretch(bytes, end, Math.Min(bytes.Length, end + (2 * Margin) + MinStretch)) is { Length: > 0 } next)
        {
            end = next.End;
        }

        return new ByteRange(Math.Max(from, found.Start - Margin), Math.Min(bytes.Length, end + Margin));
    }

    private static ByteRange FindStretch(ReadOnlySpan<byte> bytes, int from) => FindStretch(bytes, from, bytes.Length);

    // Half-overlapping blocks: a stretch as long as the minimum lies whole within at least one of them.
    private static ByteRange FindStretch(ReadOnlySpan<byte> bytes, int from, int limit)
    {
        for (var at = from; at < limit; at += Block - (2 * MinWideCharacters))
        {
            Masks(bytes[..limit], at, out var printable, out var zero);
            var run = printable & (printable >> 1);
            run &= run >> 2;
            run &= run >> 4;
            run &= run >> 4;
            var wide = printable & (zero >> 1);
            wide &= wide >> 2;
            wide &= wide >> 4;
            wide &= wide >> 8;
            if ((run | wide) != 0)
            {
                var start = at + BitOperations.TrailingZeroCount(run | wide);
                return new ByteRange(start, StretchEnd(bytes, start));
            }
        }

        return default;
    }

    private static int StretchEnd(ReadOnlySpan<byte> bytes, int start)
    {
        var end = start + MinStretch;
        while (end < bytes.Length && (IsPrintable(bytes[end]) || (bytes[end] == 0 && IsPrintable(bytes[end - 1]))))
        {
            end++;
        }

        return end;
    }

    private static bool IsPrintable(byte b) => b is (>= 0x20 and < 0x7F) or (byte)'\n' or (byte)'\r' or (byte)'\t';

    // The end of a run may cut the last character, which costs up to three bytes.
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut <= MaxCut && bytes.Length - cut >= MinStretch - MaxCut; cut++)
        {
            if (Utf8.IsValid(bytes[..^cut]))
            {
                return !bytes[..^cut].ContainsAny(s_controls);
            }
        }

        return false;
    }

    private static void Masks(ReadOnlySpan<byte> bytes, int at, out ulong printable, out ulong zero)
    {
        if (bytes.Length - at >= Block)
        {
            FullMasks(ref MemoryMarshal.GetReference(bytes[at..]), out printable, out zero);
            return;
        }

        Span<byte> tail = stackalloc byte[Block];
        bytes[at..].CopyTo(tail);
        FullMasks(ref MemoryMarshal.GetReference(tail), out printable, out zero);
        zero &= (1UL << (bytes.Length - at)) - 1;
    }

    private static void FullMasks(ref byte start, out ulong printable, out ulong zero)
    {
        printable = 0;
        zero = 0;
        for (var i = 0; i < Block; i += Vector128<byte>.Count)
        {
            var v = Vector128.LoadUnsafe(ref start, (nuint)i);
            var visible = Vector128.LessThan(v - Vector128.Create((byte)0x20), Vector128.Create((byte)0x5F));
            var space = Vector128.Equals(v, Vector128.Create((byte)'\n')) | Vector128.Equals(v, Vector128.Create((byte)'\r'))
                | Vector128.Equals(v, Vector128.Create((byte)'\t'));
            printable |= (ulong)(visible | space).ExtractMostSignificantBits() << i;
            zero |= (ulong)Vector128.Equals(v, Vector128<byte>.Zero).ExtractMostSignificantBits() << i;
        }
    }
}
