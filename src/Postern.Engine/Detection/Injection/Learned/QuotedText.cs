namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>Tells whether a passage stands in quotation marks.</summary>
internal static class QuotedText
{
    /// <summary>Bytes before a passage in which its quotation may begin, and behind it in which it may end.</summary>
    private const int Before = 32;
    private const int Behind = 160;

    /// <summary>True when one mark of a pair stands shortly before the passage and the other behind it, and words stand outside of both.</summary>
    public static bool Holds(ReadOnlySpan<byte> text, int start, int end)
    {
        var open = OpenAt(text, start);
        if (open < 0)
        {
            return false;
        }

        var rest = text[end..Math.Min(text.Length, end + Behind)];
        for (var at = 0; at < rest.Length; at++)
        {
            if (rest[at] == text[open] && !Joins(text, end + at))
            {
                return open >= Before || end + at + Before < text.Length;
            }
        }

        return false;
    }

    private static int OpenAt(ReadOnlySpan<byte> text, int start)
    {
        for (var at = start - 1; at >= Math.Max(0, start - Before); at--)
        {
            if (text[at] == (byte)'\n')
            {
                return -1;
            }

            if (text[at] is (byte)'"' or (byte)'\'' or (byte)'`' && !Joins(text, at))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>An apostrophe inside a word.</summary>
    private static bool Joins(ReadOnlySpan<byte> text, int at) =>
        text[at] == (byte)'\'' && at > 0 && at + 1 < text.Length && char.IsAsciiLetter((char)text[at - 1]) && char.IsAsciiLetter((char)text[at + 1]);
}
