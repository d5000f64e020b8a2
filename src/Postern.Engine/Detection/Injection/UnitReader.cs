using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Injection;

/// <summary>Splits text into words or characters, in either direction, tolerating any punctuation between them.</summary>
internal static class UnitReader
{
    /// <summary>Punctuation and white space between two words of one phrase, at most.</summary>
    public const int MaxSeparator = 16;

    /// <summary>The longest run of letters that is still a word.</summary>
    public const int MaxWord = 48;

    /// <summary>At which edges of a word a stretch of text stands.</summary>
    public static WordEdges EdgesOf(ReadOnlySpan<byte> text, int start, int end) =>
        (SeparatorBefore(text, start + 1, PhraseScript.Words) == 0 && (start == 0 || SeparatorBefore(text, start, PhraseScript.Words) > 0) ? WordEdges.Start : WordEdges.None)
        | (end < text.Length && SeparatorAt(text, end, PhraseScript.Words) == 0 ? WordEdges.None : WordEdges.End);

    /// <summary>The next unit at or after <paramref name="at"/>; end -1 when there is none close by.</summary>
    public static (int Start, int End) Forward(ReadOnlySpan<byte> text, int at, PhraseScript script)
    {
        var stop = Math.Min(text.Length, at + MaxSeparator);
        int separator;
        while (at < stop && (separator = SeparatorAt(text, at, script)) > 0)
        {
            at += separator;
        }

        if (at >= text.Length || SeparatorAt(text, at, script) > 0)
        {
            return (-1, -1);
        }

        var end = at + 1;
        if (script == PhraseScript.Characters)
        {
            while (end < text.Length && IsContinuation(text[end]))
            {
                end++;
            }

            return (at, end);
        }

        while (end < text.Length && end - at <= MaxWord && (char.IsAsciiLetterOrDigit((char)text[end]) || SeparatorAt(text, end, script) == 0))
        {
            end++;
        }

        return (at, end);
    }

    /// <summary>The unit that ends at or before <paramref name="end"/>; start -1 when there is none close by.</summary>
    public static (int Start, int End) Backward(ReadOnlySpan<byte> text, int end, PhraseScript script)
    {
        var stop = Math.Max(0, end - MaxSeparator);
        int separator;
        while (end > stop && (separator = SeparatorBefore(text, end, script)) > 0)
        {
            end -= separator;
        }

        if (end <= 0 || SeparatorBefore(text, end, script) > 0)
        {
            return (-1, -1);
        }

        var start = end - 1;
        if (script == PhraseScript.Characters)
        {
            while (start > 0 && IsContinuation(text[start]))
            {
                start--;
            }

            return (start, end);
        }

        while (start > 0 && end - start <= MaxWord && SeparatorBefore(text, start, script) == 0)
        {
            start--;
        }

        return (start, end);
    }

    /// <summary>Length of the separator that stands at <paramref name="at"/>; 0 inside a unit.</summary>
    private static int SeparatorAt(ReadOnlySpan<byte> text, int at, PhraseScript script)
    {
        var b = text[at];
        if (b == (byte)'\\' && at + 1 < text.Length && IsEscapeLetter(text[at + 1]))
        {
            return 2;
        }

        if (b < 0x80)
        {
            return IsUnitByte(b, script) ? 0 : 1;
        }

        return at + 1 < text.Length ? PunctuationLength(b, text[at + 1], at + 2 < text.Length ? text[at + 2] : (byte)0) : 0;
    }

    /// <summary>Length of the separator that ends before <paramref name="end"/>; 0 inside a unit.</summary>
    private static int SeparatorBefore(ReadOnlySpan<byte> text, int end, PhraseScript script)
    {
        var b = text[end - 1];
        if (b < 0x80)
        {
            return end >= 2 && text[end - 2] == (byte)'\\' && IsEscapeLetter(b) ? 2 : IsUnitByte(b, script) ? 0 : 1;
        }

        return end >= 2 && PunctuationLength(text[end - 2], b, 0) == 2 ? 2
            : end >= 3 && PunctuationLength(text[end - 3], text[end - 2], b) == 3 ? 3 : 0;
    }

    private static bool IsUnitByte(byte b, PhraseScript script) =>
        script == PhraseScript.Characters ? b > (byte)' ' : char.IsAsciiLetterOrDigit((char)b) || b == (byte)'\'';

    private static bool IsEscapeLetter(byte b) => b is (byte)'n' or (byte)'r' or (byte)'t';

    /// <summary>
    /// The bytes of a punctuation mark: U+0080 to U+00BF, those of Arabic and Devanagari that end a word, general (U+2000 to U+206F) and
    /// CJK (U+3000 to U+303F); 0 for letters.
    /// </summary>
    private static int PunctuationLength(byte first, byte second, byte third) => (first, second) switch
    {
        (0xC2, _) or (0xD8, 0x8C or 0x9B or 0x9F) or (0xDB, 0x94) => 2,
        (0xE2, 0x80 or 0x81) or (0xE3, 0x80) => 3,
        (0xE0, 0xA5) when third is 0xA4 or 0xA5 => 3,
        _ => 0,
    };

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;
}
