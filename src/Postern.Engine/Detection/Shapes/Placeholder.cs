using System.Buffers;
using System.Text;
using Ascii = Postern.Engine.Views.Ascii;

namespace Postern.Engine.Detection.Shapes;

/// <summary>Recognises values that stand for a secret instead of being one: documentation words, templates, repeated and sequential text.</summary>
internal static class Placeholder
{
    private static readonly SearchValues<byte> s_nameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    /// <summary>Longer values are no play on words.</summary>
    private const int MaxSpelled = 32;

    private const int SequenceLength = 8;

    /// <summary>So many in a row are a sign whatever surrounds them.</summary>
    private const int LongSequence = 12;

    /// <summary>Words that random text contains less than once in ten million values; shorter ones would drop real secrets.</summary>
    private static readonly byte[][] s_words =
    [
        .. new[]
        {
            "example", "sample", "placeholder", "redacted", "changeme", "change-me", "change_me", "dummy", "replace", "insert",
            "your_", "your-", "yourkey", "yourtoken", "mytoken", "xxxxx", "****", "...", "foobar", "<", "${", "{{", "$(", "%s", "%(",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>Values that RFC 6749, 6750 and 7617, and the drafts before them print; documentation copies them everywhere.</summary>
    private static readonly byte[][] s_samples =
    [
        .. new[]
        {
            "2YotnFZFEjr1zCsicMWpAA", "tGzv3JOkF0XG5Qx2TlKWIA", "SplxlOBeZQQYbYS6WxSbIA", "czZCaGRSa3F0MzpnWDFmQmF0M2JW", "gX1fBat3bV",
            "7Fjfp0ZBr1KtDRbnfVdmIw", "mF_9.B5f-4.1JqM", "QWxhZGRpbjpvcGVuIHNlc2FtZQ", "h480djs93hd8",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>Stretches of one piece of up to this length again and again: <c>1234-1234-1234</c>.</summary>
    private const int MaxPiece = 5;

    private const int RepeatedLength = 8;

    /// <summary>The stretch is at least one part in so many of the value; long random text holds one by chance or by its format.</summary>
    private const int RecurringShare = 4;

    /// <summary>So many figures make a word a chosen password: <c>AdminPassword123</c>.</summary>
    private const int ChosenDigits = 3;

    private static ReadOnlySpan<byte> Keyboard => "qwertyuiopasdfghjklzxcvbnm"u8;

    /// <summary>True when <paramref name="body"/> (the value without its fixed prefix) is no credential.</summary>
    public static bool Stands(ReadOnlySpan<byte> body) => IsRepeated(body) || Recurs(body) || HasSequence(body) || IsVariable(body) || HasWord(body) || NamesItself(body) || IsSample(body);

    /// <summary>
    /// True when the value holds "secret", or spells "password", once figures and signs are read as the letters they stand for:
    /// <c>s00pers3cret</c>. A plain "password" is judged with the rest of the value.
    /// </summary>
    public static bool Spells(ReadOnlySpan<byte> value)
    {
        Span<byte> letters = stackalloc byte[Math.Min(value.Length, MaxSpelled)];
        for (var i = 0; i < letters.Length; i++)
        {
            var at = "013457@$!"u8.IndexOf(value[i]);
            letters[i] = at < 0 ? value[i] : "oieastasi"u8[at];
        }

        return Contains(letters, "secret"u8) || (Contains(letters, "password"u8) && !Contains(value, "password"u8));
    }

    /// <summary><c>$TOKEN</c>, <c>@token</c>: a sign and then a name without digits, or in capitals.</summary>
    public static bool IsVariable(ReadOnlySpan<byte> value) =>
        value.Length > 1 && value[0] is (byte)'$' or (byte)'@' && !value[1..].ContainsAnyExcept(s_nameBytes)
        && !(value.ContainsAnyInRange((byte)'0', (byte)'9') && value.ContainsAnyInRange((byte)'a', (byte)'z'));

    /// <summary>"password" in the place of one, unless figures or a sentence around it say that somebody chose it.</summary>
    private static bool NamesItself(ReadOnlySpan<byte> body) =>
        body.Length <= 3 * "password"u8.Length && Contains(body, "password"u8) && Ascii.CountDigits(body) < ChosenDigits;

    private static bool IsSample(ReadOnlySpan<byte> body)
    {
        foreach (var sample in s_samples)
        {
            if (body.IndexOf(sample) >= 0)
            {
                return true;
            }
        }

        return false;
    }

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

    /// <summary>Whether one of the words is in the text, in any case of its letters.</summary>
    public static bool ContainsAny(ReadOnlySpan<byte> text, byte[][] words)
    {
        foreach (var word in words)
        {
            if (Contains(text, word))
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

    /// <summary>A short piece stands there three times in a row, over eight bytes or more and a quarter of the value.</summary>
    private static bool Recurs(ReadOnlySpan<byte> body)
    {
        for (var piece = 1; piece <= MaxPiece; piece++)
        {
            var same = 0;
            for (var i = piece; i < body.Length; i++)
            {
                same = body[i] == body[i - piece] ? same + 1 : 0;
                if (same + piece >= Math.Max(RepeatedLength, 3 * piece) && (same + piece) * RecurringShare >= body.Length)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Twelve neighbours of the alphabet, the digits or the keyboard in a row, or eight that are most of the value.</summary>
    private static bool HasSequence(ReadOnlySpan<byte> body)
    {
        var (rising, longest) = (1, 1);
        for (var i = 1; i < body.Length; i++)
        {
            rising = Follows(Lower(body[i - 1]), Lower(body[i])) ? rising + 1 : 1;
            longest = Math.Max(longest, rising);
        }

        return longest >= LongSequence || (longest >= SequenceLength && longest * 2 > body.Length);
    }

    private static bool Follows(byte previous, byte next)
    {
        if (next == previous + 1 || (previous == (byte)'9' && next is (byte)'0' or (byte)'a'))
        {
            return char.IsAsciiLetterOrDigit((char)next);
        }

        var at = Keyboard.IndexOf(previous);
        return at >= 0 && at + 1 < Keyboard.Length && Keyboard[at + 1] == next;
    }

    private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
}
