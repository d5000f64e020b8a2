using System.Globalization;
using System.Text;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Escapes of <c>$'…'</c>, <c>echo -e</c> and <c>printf</c>.</summary>
internal static class AnsiEscapes
{
    private const string Letters = "abefnrtv";
    private const string Meanings = "\a\b\e\f\n\r\t\v";

    public static string Decode(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '\\' || at + 1 >= text.Length)
            {
                result.Append(text[at++]);
                continue;
            }

            at += Escape(text, at + 1, result) + 1;
        }

        return result.ToString();
    }

    /// <summary>Appends the meaning of the escape at <paramref name="at"/> (behind the backslash) and returns its length.</summary>
    private static int Escape(string text, int at, StringBuilder result)
    {
        var c = text[at];
        var (digits, max, skip) = c switch
        {
            'x' => (16, 2, 1),
            'u' => (16, 4, 1),
            'U' => (16, 8, 1),
            '0' => (8, 4, 0),
            >= '1' and <= '7' => (8, 3, 0),
            _ => (0, 0, 0),
        };
        if (digits == 0)
        {
            var known = Letters.IndexOf(c, StringComparison.Ordinal);
            result.Append(known >= 0 ? Meanings[known] : c);
            return 1;
        }

        var end = at + skip;
        while (end < text.Length && end < at + skip + max && IsDigit(text[end], digits))
        {
            end++;
        }

        if (end > at + skip)
        {
            var value = digits == 16
                ? long.Parse(text.AsSpan(at + skip, end - at - skip), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : Octal(text.AsSpan(at, end - at));
            result.Append(Rune.IsValid((int)Math.Min(value, int.MaxValue)) ? new Rune((int)value).ToString() : "?");
        }

        return Math.Max(1, end - at);
    }

    private static bool IsDigit(char c, int radix) => radix == 16 ? char.IsAsciiHexDigit(c) : c is >= '0' and <= '7';

    private static long Octal(ReadOnlySpan<char> digits)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            value = (value * 8) + digit - '0';
        }

        return value;
    }
}
