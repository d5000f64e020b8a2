using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Crypto;

/// <summary>
/// Steps from word to word, whatever stands between: blanks, commas, quotes, numbers, markup, line ends. Tokens of one or two letters, and words that a digit or an underscore
/// follows (<c>word1</c>), number the words of a phrase and are no part of it.
/// </summary>
/// <remarks>The letters of 64 bytes are one mask, in which gaps and words are counts of bits; a gap and the longest word fit into it.</remarks>
internal static class WordWalk
{
    /// <summary>The widest gap between two words of a phrase, in bytes.</summary>
    public const int MaxGap = 32;

    private const int MinWordBytes = 3;
    private const int Block = 64;

    /// <summary>What is read of a longer word, which is in no list.</summary>
    private const int TooLong = SeedWords.MaxWordBytes + 1;

    /// <summary>The first word that begins at or after <paramref name="at"/>; empty when none follows within a gap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where a word may begin.</param>
    public static ByteRange Next(ReadOnlySpan<byte> text, int at)
    {
        var letters = LettersFrom(text, at);
        for (var from = 0; from + BitOperations.TrailingZeroCount(letters >> from) is < MaxGap and var skip;)
        {
            from = skip + Math.Min(TooLong, BitOperations.TrailingZeroCount(~(letters >> skip)));
            if (IsWord(text, at + skip, at + from))
            {
                return new ByteRange(at + skip, at + from);
            }
        }

        return default;
    }

    /// <summary>The first word that begins at or after <paramref name="at"/>, not counting one that began before; empty when none follows within a gap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where to look.</param>
    public static ByteRange Whole(ReadOnlySpan<byte> text, int at) =>
        Next(text, at > 0 && IsWordByte(text[at - 1]) ? at + Math.Min(TooLong, BitOperations.TrailingZeroCount(~LettersFrom(text, at))) : at);

    /// <summary>The last word that ends at or before <paramref name="at"/>; empty when none precedes within a gap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where a word may end.</param>
    public static ByteRange Previous(ReadOnlySpan<byte> text, int at)
    {
        var letters = LettersBefore(text, at);
        for (var from = 0; from + BitOperations.LeadingZeroCount(letters << from) is < MaxGap and var skip;)
        {
            from = skip + Math.Min(TooLong, BitOperations.LeadingZeroCount(~(letters << skip)));
            if (IsWord(text, at - from, at - skip))
            {
                return new ByteRange(at - from, at - skip);
            }
        }

        return default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWord(ReadOnlySpan<byte> text, int start, int end) =>
        end - start >= MinWordBytes && !(text[start] < 0x80 && end < text.Length && (text[end] == '_' || Ascii.IsDigit(text[end])));

    /// <summary>Letters of every script.</summary>
    private static bool IsWordByte(byte b) => Ascii.IsLetter(b) || b >= 0x80;

    /// <summary>One bit for each of the 64 bytes from <paramref name="at"/> that is a word byte, the first one lowest.</summary>
    private static ulong LettersFrom(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[Math.Min(at, text.Length)..];
        if (rest.Length >= Block)
        {
            return Letters(ref MemoryMarshal.GetReference(rest));
        }

        Span<byte> padded = stackalloc byte[Block];
        rest.CopyTo(padded);
        return Letters(ref MemoryMarshal.GetReference(padded));
    }

    /// <summary>The same of the 64 bytes before <paramref name="at"/>, the last one highest.</summary>
    private static ulong LettersBefore(ReadOnlySpan<byte> text, int at)
    {
        if (at >= Block)
        {
            return Letters(ref MemoryMarshal.GetReference(text[(at - Block)..]));
        }

        Span<byte> padded = stackalloc byte[Block];
        text[..at].CopyTo(padded[(Block - at)..]);
        return Letters(ref MemoryMarshal.GetReference(padded));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Letters(ref byte text) =>
        Letters(Vector256.LoadUnsafe(ref text)) | ((ulong)Letters(Vector256.LoadUnsafe(ref text, (nuint)Vector256<byte>.Count)) << Vector256<byte>.Count);

    private static uint Letters(Vector256<byte> v) =>
        (Vector256.LessThan((v | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)26)) | v).ExtractMostSignificantBits();
}
