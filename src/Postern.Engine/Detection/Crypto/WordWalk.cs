using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Crypto;

/// <summary>
/// Steps from word to word, whatever stands between: blanks, commas, quotes, numbers, markup, line ends. Tokens of one or two letters, and words that a digit or an underscore
/// follows (<c>word1</c>), number the words of a phrase and are no part of it.
/// </summary>
internal static class WordWalk
{
    /// <summary>The widest gap between two words of a phrase, in bytes.</summary>
    public const int MaxGap = 32;

    private const int MinWordBytes = 3;
    private const int Block = 64;

    /// <summary>The first word that begins at or after <paramref name="at"/>; empty when none follows within a gap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where a word may begin.</param>
    public static ByteRange Next(ReadOnlySpan<byte> text, int at)
    {
        var limit = Math.Min(text.Length, at + MaxGap);
        while (at < limit)
        {
            if (!IsWordByte(text[at]))
            {
                at++;
                continue;
            }

            var end = EndOf(text, at);
            if (end - at >= MinWordBytes && !IsLabel(text, at, end))
            {
                return new ByteRange(at, end);
            }

            at = end;
        }

        return default;
    }

    /// <summary>The first word that begins at or after <paramref name="at"/>, not counting one that began before; empty when none follows within a gap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where to look.</param>
    public static ByteRange Whole(ReadOnlySpan<byte> text, int at)
    {
        var isInside = at > 0 && IsWordByte(text[at - 1]);
        if (text.Length - at >= Block)
        {
            // Nearly always the word stands whole within the next 64 bytes.
            var letters = Letters(ref MemoryMarshal.GetReference(text[at..]));
            var skip = isInside ? BitOperations.TrailingZeroCount(~letters) : 0;
            var rest = skip < Block ? letters >> skip : 0;
            var start = skip + BitOperations.TrailingZeroCount(rest);
            var end = rest == 0 ? Block : start + BitOperations.TrailingZeroCount(~(letters >> start));
            if (skip <= SeedWords.MaxWordBytes && start - skip >= MaxGap)
            {
                return default;
            }

            if (end < Block && skip <= SeedWords.MaxWordBytes && end - start is >= MinWordBytes and <= SeedWords.MaxWordBytes && !IsLabel(text, at + start, at + end))
            {
                return new ByteRange(at + start, at + end);
            }
        }

        return Next(text, isInside ? EndOf(text, at) : at);
    }

    /// <summary>The last word that ends at or before <paramref name="at"/>; empty when none precedes within a gap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where a word may end.</param>
    public static ByteRange Previous(ReadOnlySpan<byte> text, int at)
    {
        var limit = Math.Max(0, at - MaxGap);
        while (at > limit)
        {
            if (!IsWordByte(text[at - 1]))
            {
                at--;
                continue;
            }

            var start = at;
            while (start > 0 && at - start <= SeedWords.MaxWordBytes && IsWordByte(text[start - 1]))
            {
                start--;
            }

            if (at - start >= MinWordBytes && !IsLabel(text, start, at))
            {
                return new ByteRange(start, at);
            }

            at = start;
        }

        return default;
    }

    /// <summary>The end of the word that <paramref name="at"/> stands in, or a little beyond the longest.</summary>
    public static int EndOf(ReadOnlySpan<byte> text, int at)
    {
        var limit = Math.Min(text.Length, at + SeedWords.MaxWordBytes + 1);
        while (at < limit && IsWordByte(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Letters of every script.</summary>
    public static bool IsWordByte(byte b) => Ascii.IsLetter(b) || b >= 0x80;

    /// <summary>One bit for each of 64 bytes that is a word byte.</summary>
    private static ulong Letters(ref byte text) =>
        Letters(Vector256.LoadUnsafe(ref text)) | ((ulong)Letters(Vector256.LoadUnsafe(ref text, (nuint)Vector256<byte>.Count)) << Vector256<byte>.Count);

    private static uint Letters(Vector256<byte> v) =>
        (Vector256.LessThan((v | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)26)) | v).ExtractMostSignificantBits();

    private static bool IsLabel(ReadOnlySpan<byte> text, int start, int end) =>
        text[start] < 0x80 && end < text.Length && (text[end] == '_' || Ascii.IsDigit(text[end]));
}
