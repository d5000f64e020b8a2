using System.Buffers;
using System.Text;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Secrets;

/// <summary>How languages and formats write a name and its value.</summary>
internal static class AssignmentSyntax
{
    /// <summary>White space tolerated on either side of an operator; longer gaps are columns of a table.</summary>
    private const int MaxSpace = 8;

    /// <summary>How far the end of a start tag is sought: <c>&lt;Pass encoding="base64"&gt;</c>.</summary>
    private const int MaxTag = 64;

    /// <summary>White space and punctuation between a name and the word <c>value</c>: a line end and its indentation.</summary>
    private const int MaxPairGap = 40;

    /// <summary>The longest type between a name and its value: <c>const token: string = "…"</c>.</summary>
    private const int MaxType = 24;

    /// <summary>What names in code consist of, dots between members included.</summary>
    public static SearchValues<byte> NameBytes { get; } =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-/:"u8);

    /// <summary>The value's place for "nothing is assigned here".</summary>
    private static readonly (int Start, byte Quote) s_none = (-1, 0);

    /// <summary>Where the value of the name at <paramref name="nameStart"/> begins, and the quote it stands in (0 for none); start -1 when nothing is assigned.</summary>
    public static (int Start, byte Quote) ValuePlace(ReadOnlySpan<byte> text, int nameStart, int nameEnd)
    {
        if (nameEnd == text.Length)
        {
            return s_none;
        }

        var closed = SkipClosers(text, nameEnd);
        var after = Operators.Skip(text, closed);
        if (after >= 0)
        {
            var place = Open(text, after);
            return place.Quote == 0 && AfterType(text, closed, after) is var typed && typed >= 0 ? Quoted(text, typed) : place;
        }

        return text[nameEnd] switch
        {
            (byte)'(' => Quoted(text, nameEnd + 1),
            (byte)' ' when IsFlag(text, nameStart) => Open(text, nameEnd),
            (byte)' ' or (byte)'\t' => AfterSpace(text, nameStart, nameEnd),
            _ => AfterClosedName(text, nameStart, closed),
        };
    }

    /// <summary>True when a value may end at <paramref name="end"/>: at its own quote, or without quotes at what ends a bare value.</summary>
    public static bool EndsValue(ReadOnlySpan<byte> text, int end, byte quote)
    {
        if (quote != 0)
        {
            return end < text.Length && (text[end] == quote || text[end] == (byte)'\\');
        }

        return end == text.Length || text[end] is not ((byte)'(' or (byte)'[' or (byte)'{' or (byte)'|' or >= 0x80);
    }

    /// <summary><c>password "x"</c>, <c>var token string = "x"</c>, <c>&lt;Pass encoding="base64"&gt;x</c>.</summary>
    private static (int Start, byte Quote) AfterSpace(ReadOnlySpan<byte> text, int nameStart, int nameEnd)
    {
        if (nameStart > 0 && text[nameStart - 1] == (byte)'<')
        {
            return AfterTag(text, nameEnd);
        }

        var typed = AfterType(text, nameEnd, nameEnd);
        return Quoted(text, typed >= 0 ? typed : nameEnd);
    }

    private static (int Start, byte Quote) AfterTag(ReadOnlySpan<byte> text, int nameEnd)
    {
        var close = text.Slice(nameEnd, Math.Min(MaxTag, text.Length - nameEnd)).IndexOf((byte)'>');
        return close < 0 || text[nameEnd + close - 1] == (byte)'/' ? s_none : (nameEnd + close + 1, (byte)0);
    }

    /// <summary>Two arguments, <c>("name", "x")</c>; or a pair, <c>name: TOKEN</c> and then <c>value: x</c>.</summary>
    private static (int Start, byte Quote) AfterClosedName(ReadOnlySpan<byte> text, int nameStart, int at)
    {
        if (at == text.Length)
        {
            return s_none;
        }

        // A word alone in a list is one of many: ("user", "password", "x").
        var isName = IsQuote(text[at - 1]) && (text[nameStart..at].Contains((byte)'_') || (nameStart > 0 && (EdgeTest.IsWord(text[nameStart - 1]) || text[nameStart - 1] is (byte)'-' or (byte)'.')));
        if (isName && text[at] == (byte)',' && Quoted(text, at + 1) is { Start: >= 0 } second && !IsName(text, second))
        {
            return second;
        }

        var stop = Math.Min(text.Length, at + MaxPairGap);
        while (at < stop && text[at] is (byte)',' or (byte)';' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'"' or (byte)'\'' or (byte)'\\')
        {
            at++;
        }

        var label = text[at..];
        var word = Ascii.EqualsIgnoreCase(label[..Math.Min(5, label.Length)], "value"u8) ? 5
            : Ascii.EqualsIgnoreCase(label[..Math.Min(12, label.Length)], "secret_value"u8) ? 12 : 0;
        var after = word == 0 ? -1 : Operators.Skip(text, SkipClosers(text, at + word));
        return after < 0 ? s_none : Open(text, after);
    }

    /// <summary>The second of two texts is the name of another value: <c>"value": </c>.</summary>
    private static bool IsName(ReadOnlySpan<byte> text, (int Start, byte Quote) place)
    {
        var length = text[place.Start..].IndexOf(place.Quote);
        return length >= 0 && Operators.Skip(text, SkipClosers(text, place.Start + length)) >= 0;
    }

    private static int SkipClosers(ReadOnlySpan<byte> text, int at)
    {
        var stop = Math.Min(text.Length, at + MaxSpace);
        while (at < stop && text[at] is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'\\' or (byte)']' or (byte)'*' or (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>The place after <c>: string =</c> or <c> string =</c>; -1 when no type stands there.</summary>
    private static int AfterType(ReadOnlySpan<byte> text, int from, int after)
    {
        if (after > from && text[from] != (byte)':')
        {
            return -1;
        }

        var start = SkipSpace(text, after);
        var at = start;
        var stop = Math.Min(text.Length, start + MaxType);
        while (at < stop && (char.IsAsciiLetterOrDigit((char)text[at]) || text[at] is (byte)'.' or (byte)'*' or (byte)'?' or (byte)'&' or (byte)'\''))
        {
            at++;
        }

        var end = SkipSpace(text, at);
        return at > start && end < text.Length && text[end] == (byte)'=' && !text[end..].StartsWith("=="u8) ? end + 1 : -1;
    }

    /// <summary>The value after an operator, past what may stand between the two.</summary>
    private static (int Start, byte Quote) Open(ReadOnlySpan<byte> text, int after)
    {
        // **Token:** `…`
        var at = SkipSpace(text, text[after..].StartsWith("**"u8) ? after + 2 : after);
        if (text[at..].StartsWith("!!"u8))
        {
            at = SkipSpace(text, at + Math.Max(0, text[at..].IndexOf((byte)' ')));
        }

        return Quoted(text, at) is { Start: >= 0 } quoted ? quoted : (at, (byte)0);
    }

    /// <summary>A quoted value after white space, a string prefix (<c>b"</c>, <c>@"</c>) or one opening bracket.</summary>
    private static (int Start, byte Quote) Quoted(ReadOnlySpan<byte> text, int from)
    {
        var at = SkipSpace(text, from);
        if (at + 1 < text.Length && (IsQuote(text[at + 1]) || text[at + 1] == (byte)'\\')
            && text[at] is (byte)'b' or (byte)'r' or (byte)'u' or (byte)'L' or (byte)'@' or (byte)'{' or (byte)'[' or (byte)'(')
        {
            at++;
        }

        while (at < text.Length && text[at] == (byte)'\\')
        {
            at++;
        }

        return at < text.Length && IsQuote(text[at]) ? (at + 1, text[at]) : s_none;
    }

    private static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        var stop = Math.Min(text.Length, at + MaxSpace);
        while (at < stop && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>True for a name written as a command-line option: dashes in front of it, letters and dashes between.</summary>
    private static bool IsFlag(ReadOnlySpan<byte> text, int nameStart)
    {
        var at = nameStart;
        while (at > 0 && nameStart - at < 32 && (char.IsAsciiLetterLower((char)text[at - 1]) || text[at - 1] == (byte)'-'))
        {
            at--;
        }

        return text[at..].StartsWith("--"u8);
    }

    private static bool IsQuote(byte b) => b is (byte)'"' or (byte)'\'' or (byte)'`';
}
