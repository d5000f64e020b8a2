using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Secrets;

/// <summary>Which names make their value a secret: the words they are built on, and the words that take the meaning back.</summary>
internal sealed record AssignmentName
{
    /// <summary>Words of at least this length may be glued to what stands before them (<c>dbpassword</c>).</summary>
    private const int GlueableLength = 6;

    /// <summary>How far back a name is read; longer names are read in part.</summary>
    private const int HeadReach = 32;

    /// <summary>How far a name may go on after its word (<c>token_for_staging</c>).</summary>
    private const int TailReach = 24;

    /// <summary>Words in front of the word that a sentence may set apart.</summary>
    private const int MaxApart = 2;

    /// <summary>Lower case; searched for in any case.</summary>
    public byte[][] Words { get; init; } = [];

    /// <summary>Lower-case words that, before the word, make the name harmless: <c>next</c>Token, <c>public</c>Key.</summary>
    public byte[][] UnlessBefore { get; init; } = [];

    /// <summary>Lower-case words that, after the word, make the name harmless: token<c>Url</c>. Empty: a name ends with its word.</summary>
    public byte[][] UnlessAfter { get; init; } = [];

    /// <summary>The word alone is no name: <c>signing_key</c>, not <c>key</c>.</summary>
    public bool Prefixed { get; init; }

    /// <summary>The end of the name that holds the word at <paramref name="word"/>; -1 when no name ends there.</summary>
    public int EndOf(ReadOnlySpan<byte> text, in Anchor word) => StartsWord(text, word) ? EndOfTail(text, word.End) : -1;

    /// <summary>True when nothing in front of the word takes its meaning back. Asked last: nearly all names have no value that counts.</summary>
    /// <param name="text">What is searched.</param>
    /// <param name="wordStart">Where the word begins.</param>
    /// <param name="inSentence">The words of a name may stand apart: "the next page token is".</param>
    public bool IsMeant(ReadOnlySpan<byte> text, int wordStart, bool inSentence)
    {
        var start = StartOfHead(text, wordStart);
        for (var words = 0; inSentence && words < MaxApart && start > 0 && text[start - 1] == (byte)' '; words++)
        {
            start = StartOfHead(text, start - 1);
        }

        return (!Prefixed || start < wordStart) && !Placeholder.ContainsAny(text[start..wordStart], UnlessBefore);
    }

    /// <summary>A short word must begin a word of the name: <c>db_pass</c>, <c>dbPass</c>, not <c>compass</c>.</summary>
    private static bool StartsWord(ReadOnlySpan<byte> text, in Anchor word)
    {
        if (word.Start == 0 || word.End - word.Start >= GlueableLength)
        {
            return true;
        }

        var (before, first) = ((char)text[word.Start - 1], (char)text[word.Start]);
        return !char.IsAsciiLetter(before) || !char.IsAsciiLetter(first) || (char.IsAsciiLetterLower(before) && char.IsAsciiLetterUpper(first));
    }

    private static int StartOfHead(ReadOnlySpan<byte> text, int start)
    {
        var stop = Math.Max(0, start - HeadReach);
        var at = start;
        while (at > stop && (IsNameByte(text[at - 1]) || text[at - 1] == (byte)'.'))
        {
            at--;
        }

        // An escaped line end in front of the name is no letter of it.
        return at < start && at > 0 && text[at - 1] == (byte)'\\' ? at + 1 : at;
    }

    private int EndOfTail(ReadOnlySpan<byte> text, int end)
    {
        if (UnlessAfter.Length == 0 || end == text.Length || !IsNameByte(text[end]))
        {
            return end;
        }

        var begin = text[end] is (byte)'s' or (byte)'S' ? end + 1 : end;
        var stop = Math.Min(text.Length, begin + TailReach);
        var at = begin;
        while (at < stop && IsNameByte(text[at]))
        {
            at++;
        }

        var isTail = at == begin || text[begin] is (byte)'_' or (byte)'-' || char.IsAsciiDigit((char)text[begin])
            || (char.IsAsciiLetterUpper((char)text[begin]) && char.IsAsciiLetterLower((char)text[end - 1]));
        return isTail && !Placeholder.ContainsAny(text[begin..at], UnlessAfter) ? at : -1;
    }

    private static bool IsNameByte(byte b) => EdgeTest.IsWord(b) || b == (byte)'-';

    public void Write(BinaryWriter writer)
    {
        writer.WriteStrings(Words);
        writer.WriteStrings(UnlessBefore);
        writer.WriteStrings(UnlessAfter);
        writer.Write(Prefixed);
    }

    public static AssignmentName Read(BinaryReader reader) => new()
    {
        Words = reader.ReadStrings(),
        UnlessBefore = reader.ReadStrings(),
        UnlessAfter = reader.ReadStrings(),
        Prefixed = reader.ReadBoolean(),
    };
}
