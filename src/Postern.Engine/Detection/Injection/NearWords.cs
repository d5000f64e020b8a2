using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Postern.Engine.Detection.Injection;

/// <summary>
/// The words of the 64 bytes behind a place, as bits: nearly all that a phrase compares are there, and reading them byte by byte costs a branch each that nothing
/// could foresee. What it does not know, <see cref="UnitReader"/> does.
/// </summary>
internal readonly struct NearWords
{
    private const int Block = 64;

    /// <summary>A bit for each byte of a word.</summary>
    private readonly ulong _words;

    /// <summary>Bytes up to the first that means something only together with its neighbours: a backslash, a character beyond ASCII.</summary>
    private readonly int _plain;

    private NearWords(ulong words, ulong others) => (_words, _plain) = (words, BitOperations.TrailingZeroCount(others));

    /// <summary>The words behind an offset; none when the text ends before.</summary>
    public static NearWords At(ReadOnlySpan<byte> text, int at)
    {
        if (text.Length - at < Block)
        {
            return default;
        }

        ref var start = ref MemoryMarshal.GetReference(text[at..]);
        var (words, others) = Classify(Vector256.LoadUnsafe(ref start));
        var (moreWords, moreOthers) = Classify(Vector256.LoadUnsafe(ref start, (nuint)Vector256<byte>.Count));
        return new NearWords(words | ((ulong)moreWords << Vector256<byte>.Count), others | ((ulong)moreOthers << Vector256<byte>.Count));
    }

    /// <summary>The next word, by its offsets from the place; false when it is not known.</summary>
    public bool TryNext(int from, out int start, out int end)
    {
        start = end = from;
        if (from >= _plain)
        {
            return false;
        }

        start = from + BitOperations.TrailingZeroCount(_words >> from);
        if (start >= _plain || start - from > UnitReader.MaxSeparator)
        {
            return false;
        }

        end = start + BitOperations.TrailingZeroCount(~(_words >> start));
        return end < _plain && end - start <= UnitReader.MaxWord;
    }

    private static (uint Words, uint Others) Classify(Vector256<byte> text)
    {
        var letters = Vector256.LessThan((text | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)26));
        var digits = Vector256.LessThan(text - Vector256.Create((byte)'0'), Vector256.Create((byte)10));
        var words = letters | digits | Vector256.Equals(text, Vector256.Create((byte)'\''));
        return (words.ExtractMostSignificantBits(), (text | Vector256.Equals(text, Vector256.Create((byte)'\\'))).ExtractMostSignificantBits());
    }
}
