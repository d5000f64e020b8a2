using System.Buffers;

namespace Postern.Engine.Detection.Secrets;

/// <summary>How languages and formats write a name and its value.</summary>
internal static class AssignmentSyntax
{
    /// <summary>White space tolerated on either side of an operator; longer gaps are columns of a table.</summary>
    private const int MaxSpace = 8;

    /// <summary>What names in code consist of, dots between members included.</summary>
    public static SearchValues<byte> IdentifierBytes { get; } =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.-/:"u8);

    /// <summary>Where the value of the name that ends at <paramref name="nameEnd"/> begins, and the quote it stands in (0 for none); start -1 when nothing is assigned.</summary>
    public static (int Start, byte Quote) ValuePlace(ReadOnlySpan<byte> text, int nameStart, int nameEnd)
    {
        var at = SkipClosers(text, nameEnd);
        var afterOperator = SkipOperator(text, at);
        if (afterOperator < 0)
        {
            afterOperator = IsFlag(text, nameStart) && nameEnd < text.Length && text[nameEnd] == (byte)' ' ? nameEnd : -1;
        }

        if (afterOperator < 0)
        {
            return (-1, 0);
        }

        at = SkipSpace(text, afterOperator);
        while (at < text.Length && text[at] == (byte)'\\')
        {
            at++;
        }

        var quote = at < text.Length && text[at] is (byte)'"' or (byte)'\'' or (byte)'`' ? text[at] : (byte)0;
        return (quote == 0 ? at : at + 1, quote);
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

    private static int SkipClosers(ReadOnlySpan<byte> text, int at)
    {
        var stop = Math.Min(text.Length, at + MaxSpace);
        while (at < stop && text[at] is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'\\' or (byte)']' or (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>The place after <c>=</c>, <c>:</c>, <c>:=</c>, <c>?=</c>, <c>=&gt;</c> or a closing tag bracket; -1 for anything else, comparisons included.</summary>
    private static int SkipOperator(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[at..];
        var colons = rest[..Math.Min(rest.Length, 4)].IndexOfAnyExcept((byte)':');
        if (colons > 0 && rest[colons] == (byte)'=')
        {
            // := of Go, ::= and :::= of make.
            return rest.Length > colons + 1 && rest[colons + 1] == (byte)'=' ? -1 : at + colons + 1;
        }

        if (rest.StartsWith("=>"u8) || rest.StartsWith("?="u8))
        {
            return at + 2;
        }

        if (rest.StartsWith("=="u8) || rest.StartsWith("=~"u8) || rest.StartsWith("::"u8))
        {
            return -1;
        }

        return rest.Length > 0 && rest[0] is (byte)'=' or (byte)':' or (byte)'>' ? at + 1 : -1;
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
}
