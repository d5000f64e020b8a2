using System.Globalization;
using System.Text;

namespace Postern.Program.Hosts.Text;

/// <summary>The four sorts of texts in TOML.</summary>
internal static class TomlString
{
    /// <summary>Reads the text that begins at a quote.</summary>
    /// <param name="text">The file.</param>
    /// <param name="at">The quote; afterwards what stands behind the text.</param>
    /// <exception cref="FormatException">It has no end, or an escape that is none.</exception>
    public static string Read(string text, ref int at)
    {
        var quote = text[at];
        var end = new string(quote, 3);
        var isLong = text.AsSpan(at).StartsWith(end);
        end = isLong ? end : end[..1];
        at += end.Length;
        var read = new StringBuilder();
        while (at < text.Length && (isLong || text[at] != '\n'))
        {
            if (text.AsSpan(at).StartsWith(end))
            {
                at += end.Length;
                return read.ToString();
            }

            if (quote == '"' && text[at] == '\\')
            {
                at++;
                Escape(text, ref at, read);
            }
            else
            {
                read.Append(text[at++]);
            }
        }

        throw TextFault.At(text, at, "a text without an end");
    }

    private static void Escape(string text, ref int at, StringBuilder read)
    {
        var escape = at < text.Length ? text[at] : throw TextFault.At(text, at, "a text without an end");
        var digits = escape switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            read.Append(at + digits < text.Length && int.TryParse(text.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) && Rune.IsValid(point)
                ? new Rune(point).ToString()
                : throw TextFault.At(text, at, "a text that is none"));
            at += digits + 1;
        }
        else if (char.IsWhiteSpace(escape))
        {
            // A line's end that is no part of the text.
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
        }
        else
        {
            read.Append(escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', 'e' => '\e', _ => escape });
            at++;
        }
    }
}
