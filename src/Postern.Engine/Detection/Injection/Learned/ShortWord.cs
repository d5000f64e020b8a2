using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>
/// A word of at most eight ASCII letters, as most are, read at once: a loop over letters ends where no processor expects it to, in every word.
/// What it yields is what <see cref="FeatureWalk{TSink}"/> would find letter by letter.
/// </summary>
internal readonly ref struct ShortWord
{
    /// <summary>The longest such word.</summary>
    public const int MaxLetters = 8;

    /// <summary>Features that are written at once, however few of them count.</summary>
    public const int Grams = 8;

    private static readonly Vector128<byte> s_indices = Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    // Each letter one place later, so that there is room for what stands before the first.
    private static readonly Vector128<byte> s_later = Vector128.Create((byte)255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
    private static readonly Vector128<byte> s_before = Vector128.CreateScalar((byte)'_');

    // Four places in a row, the first one highest, from each of eight places.
    private static readonly Vector128<byte> s_firstGrams = Vector128.Create((byte)3, 2, 1, 0, 4, 3, 2, 1, 5, 4, 3, 2, 6, 5, 4, 3);
    private static readonly Vector128<byte> s_lastGrams = Vector128.Create((byte)7, 6, 5, 4, 8, 7, 6, 5, 9, 8, 7, 6, 10, 9, 8, 7);

    private readonly Vector128<byte> _letters;

    private ShortWord(Vector128<byte> letters, int length) => (_letters, Length) = (letters, length);

    /// <summary>Letters; 0 when the word is longer, or has anything else in it.</summary>
    public int Length { get; }

    /// <summary>The letters in lower case, the first one lowest; behind the last one zeros.</summary>
    public ulong Letters => _letters.AsUInt64()[0];

    /// <summary>The word that begins at an offset.</summary>
    public static ShortWord At(ReadOnlySpan<byte> text, int at)
    {
        if (text.Length - at < Vector128<byte>.Count)
        {
            return default;
        }

        var letters = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text[at..])) | Vector128.Create((byte)0x20);
        var others = Vector128.GreaterThan(letters - Vector128.Create((byte)'a'), Vector128.Create((byte)25)).ExtractMostSignificantBits();
        var length = BitOperations.TrailingZeroCount(others | (1U << Vector128<byte>.Count));
        if (length > MaxLetters || text[at + length] >= 0x80 || TokenLetters.Ascii[text[at + length]] != 0)
        {
            return default;
        }

        return new ShortWord(letters & Vector128.LessThan(s_indices, Vector128.Create((byte)length)), length);
    }

    /// <summary>Writes four letters in a row from every place, what stands before and behind included, and returns how many count.</summary>
    public int WriteGrams(Span<uint> to)
    {
        var padded = Vector128.Shuffle(_letters, s_later) | s_before;
        FeatureMix.OfGrams(Vector128.Shuffle(padded, s_firstGrams).AsUInt32()).CopyTo(to);
        FeatureMix.OfGrams(Vector128.Shuffle(padded, s_lastGrams).AsUInt32()).CopyTo(to[Vector128<uint>.Count..]);
        return Length - 1;
    }
}
