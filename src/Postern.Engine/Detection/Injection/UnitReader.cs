namespace Postern.Engine.Detection.Injection;

/// <summary>Splits text into words or characters, in either direction, tolerating any punctuation between them.</summary>
internal static class UnitReader
{
    /// <summary>Punctuation and white space between two words of one phrase, at most.</summary>
    private const int MaxSeparator = 16;

    /// <summary>The longest run of letters that is still a word.</summary>
    private const int MaxWord = 48;

    /// <summary>True when a word begins at <paramref name="at"/>.</summary>
    public static bool StartsWord(ReadOnlySpan<byte> text, int at) =>
        SeparatorBefore(text, at + 1, PhraseScript.Words) == 0 && (at == 0 || SeparatorBefore(text, at, PhraseScript.Words) > 0);

    /// <summary>True when a word that is read as far as <paramref name="at"/> does not end there.</summary>
    public static bool GoesOn(ReadOnlySpan<byte> text, int at) => at < text.Length && SeparatorAt(text, at, PhraseScript.Words) == 0;

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

        return b == 0xC2 ? 2 : at + 1 < text.Length && IsPunctuationLead(b, text[at + 1]) ? 3 : 0;
    }

    /// <summary>Length of the separator that ends before <paramref name="end"/>; 0 inside a unit.</summary>
    private static int SeparatorBefore(ReadOnlySpan<byte> text, int end, PhraseScript script)
    {
        var b = text[end - 1];
        if (b < 0x80)
        {
            return end >= 2 && text[end - 2] == (byte)'\\' && IsEscapeLetter(b) ? 2 : IsUnitByte(b, script) ? 0 : 1;
        }

        return end >= 2 && text[end - 2] == 0xC2 ? 2 : end >= 3 && IsPunctuationLead(text[end - 3], text[end - 2]) ? 3 : 0;
    }

    private static bool IsUnitByte(byte b, PhraseScript script) =>
        script == PhraseScript.Characters ? b > (byte)' ' : char.IsAsciiLetterOrDigit((char)b) || b == (byte)'\'';

    private static bool IsEscapeLetter(byte b) => b is (byte)'n' or (byte)'r' or (byte)'t';

    /// <summary>General punctuation (U+2000 to U+206F) and CJK punctuation (U+3000 to U+303F).</summary>
    private static bool IsPunctuationLead(byte first, byte second) =>
        (first == 0xE2 && (second & 0xFE) == 0x80) || (first == 0xE3 && second == 0x80);

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;
}
