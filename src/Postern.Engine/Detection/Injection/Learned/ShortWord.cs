using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>
/// A word of at most fourteen ASCII letters and digits, as nearly all are, read at once: a loop over letters ends where no processor expects it to, in every word.
/// What it yields is what <see cref="FeatureWalk{TSink}"/> would find letter by letter.
/// </summary>
internal readonly ref struct ShortWord
{
    /// <summary>The longest such word: with what stands before and behind it, it fills a vector.</summary>
    public const int MaxLetters = 14;

    /// <summary>Features that are written at once, however few of them count.</summary>
    public const int Grams = 16;

    private const int FirstGrams = 8;

    private static readonly Vector128<byte> s_indices = Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    // Each letter one place later, so that there is room for what stands before the first.
    private static readonly Vector128<byte> s_later = Vector128.Create((byte)255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
    private static readonly Vector128<byte> s_before = Vector128.CreateScalar((byte)'_');

    // Digits as the letters they are written for, by their lower half.
    private static readonly Vector128<byte> s_digits = Vector128.Create("oi2eas6t89\0\0\0\0\0\0"u8);

    // Four places in a row, the first one highest, from each of sixteen places; behind the last there is nothing.
    private static readonly Vector128<byte> s_grams0 = Vector128.Create((byte)3, 2, 1, 0, 4, 3, 2, 1, 5, 4, 3, 2, 6, 5, 4, 3);
    private static readonly Vector128<byte> s_grams4 = s_grams0 + Vector128.Create((byte)4);
    private static readonly Vector128<byte> s_grams8 = s_grams0 + Vector128.Create((byte)8);
    private static readonly Vector128<byte> s_grams12 = s_grams0 + Vector128.Create((byte)12);

    private readonly Vector128<byte> _letters;

    private ShortWord(Vector128<byte> letters, int length, bool hasLetters) => (_letters, Length, HasLetters) = (letters, length, hasLetters);

    /// <summary>Letters and digits; 0 when the word is longer, or has anything else in it.</summary>
    public int Length { get; }

    /// <summary>False when there are digits alone, and not before a colon, a sign or a bracket: so it was trained.</summary>
    public bool HasLetters { get; }

    /// <summary>The first eight letters in lower case, the first one lowest; behind the last one zeros.</summary>
    public ulong Letters => _letters.AsUInt64()[0];

    /// <summary>The letters behind those.</summary>
    public ulong LaterLetters => _letters.AsUInt64()[1];

    /// <summary>The word that begins at an offset.</summary>
    public static ShortWord At(ReadOnlySpan<byte> text, int at)
    {
        if (text.Length - at < Vector128<byte>.Count)
        {
            return default;
        }

        var read = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text[at..]));
        var lower = read | Vector128.Create((byte)0x20);
        var letters = Vector128.LessThan(lower - Vector128.Create((byte)'a'), Vector128.Create((byte)26));
        var digits = Vector128.LessThan(read - Vector128.Create((byte)'0'), Vector128.Create((byte)10));
        var length = BitOperations.TrailingZeroCount(~(letters | digits).ExtractMostSignificantBits());
        if (length > MaxLetters || text[at + length] >= 0x80)
        {
            return default;
        }

        var inside = Vector128.LessThan(s_indices, Vector128.Create((byte)length));
        var named = Vector128.ConditionalSelect(letters, lower, Vector128.Shuffle(s_digits, read & Vector128.Create((byte)0x0F)));
        return new ShortWord(named & inside, length, (letters & inside) != Vector128<byte>.Zero || text[at + length] > (byte)'9');
    }

    /// <summary>Writes four letters in a row from every place, what stands before and behind included, and returns how many count.</summary>
    public int WriteGrams(Span<uint> to)
    {
        var padded = Vector128.Shuffle(_letters, s_later) | s_before;
        Write(padded, s_grams0, to);
        Write(padded, s_grams4, to[Vector128<uint>.Count..]);
        if (Length > FirstGrams)
        {
            Write(padded, s_grams8, to[FirstGrams..]);
            Write(padded, s_grams12, to[(FirstGrams + Vector128<uint>.Count)..]);
        }

        return Length - 1;
    }

    private static void Write(Vector128<byte> letters, Vector128<byte> places, Span<uint> to) =>
        FeatureMix.OfGrams(Vector128.Shuffle(letters, places).AsUInt32()).CopyTo(to);
}
