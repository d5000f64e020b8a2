using System.Text;

namespace Postern.Engine.Detection.Shapes;

/// <summary>Recognises values that stand for a secret instead of being one: documentation words, templates, repeated and sequential text.</summary>
internal static class Placeholder
{
    private const int SequenceLength = 8;

    /// <summary>Words that random text contains less than once in ten million values; shorter ones would drop real secrets.</summary>
    private static readonly byte[][] s_words =
    [
        .. new[]
        {
            "example", "sample", "placeholder", "redacted", "changeme", "change-me", "change_me", "dummy", "replace", "insert",
            "your_", "your-", "yourkey", "yourtoken", "xxxxx", "****", "....", "foobar", "password", "<", "${", "{{", "$(", "%s", "%(",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    private static ReadOnlySpan<byte> Keyboard => "qwertyuiopasdfghjklzxcvbnm"u8;

    /// <summary>True when <paramref name="body"/> (the value without its fixed prefix) is no credential.</summary>
    public static bool Stands(ReadOnlySpan<byte> body) => IsRepeated(body) || HasSequence(body) || HasWord(body);

    private static bool HasWord(ReadOnlySpan<byte> body)
    {
        foreach (var word in s_words)
        {
            if (Contains(body, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Case-insensitive search for a short lower-case word.</summary>
    public static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        var upper = char.IsAsciiLetterLower((char)word[0]) ? (byte)(word[0] ^ 0x20) : word[0];
        for (var from = 0; from <= text.Length - word.Length;)
        {
            var offset = text[from..].IndexOfAny(word[0], upper);
            var at = from + offset;
            if (offset < 0 || at > text.Length - word.Length)
            {
                return false;
            }

            if (Ascii.EqualsIgnoreCase(text.Slice(at, word.Length), word))
            {
                return true;
            }

            from = at + 1;
        }

        return false;
    }

    /// <summary>One character takes more than 60 % of the value.</summary>
    private static bool IsRepeated(ReadOnlySpan<byte> body)
    {
        if (body.Length < 4)
        {
            return false;
        }

        Span<int> counts = stackalloc int[256];
        counts.Clear();
        var most = 0;
        foreach (var b in body)
        {
            most = Math.Max(most, ++counts[b]);
        }

        return most * 10 > body.Length * 6;
    }

    /// <summary>Eight neighbours of the alphabet, the digits or the keyboard in a row.</summary>
    private static bool HasSequence(ReadOnlySpan<byte> body)
    {
        var rising = 1;
        for (var i = 1; i < body.Length; i++)
        {
            rising = Follows(Lower(body[i - 1]), Lower(body[i])) ? rising + 1 : 1;
            if (rising == SequenceLength)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Follows(byte previous, byte next)
    {
        if (next == previous + 1 || (previous == (byte)'9' && next == (byte)'0'))
        {
            return char.IsAsciiLetterOrDigit((char)next);
        }

        var at = Keyboard.IndexOf(previous);
        return at >= 0 && at + 1 < Keyboard.Length && Keyboard[at + 1] == next;
    }

    private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
}
