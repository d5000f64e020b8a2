using System.Net;
using System.Text;

namespace Postern.Program.Reports;

/// <summary>
/// Writes HTML whose every text and attribute is escaped: there is no way to write markup but by the names of elements, which are
/// constants of this program.
/// </summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new("<!doctype html>\n");

    /// <summary>Writes an element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="content">Writes what stands in it; null for an element without an end.</param>
    public Html Element(string name, (string Name, string Value)[] attributes, Action? content)
    {
        _text.Append('<').Append(name);
        foreach (var (key, value) in attributes)
        {
            _text.Append(' ').Append(key).Append("=\"").Append(Escaped(value)).Append('"');
        }

        _text.Append('>');
        if (content is not null)
        {
            content();
            _text.Append("</").Append(name).Append(">\n");
        }

        return this;
    }

    /// <summary>Writes an element of a class with a text in it.</summary>
    public Html Text(string name, string text, string style = "") => Element(name, style.Length == 0 ? [] : [("class", style)], () => Text(text));

    /// <summary>Writes a text. Characters that a reader would not see, or that turn the direction of the line, are shown as what they are.</summary>
    public Html Text(string text)
    {
        _text.Append(Escaped(text));
        return this;
    }

    /// <summary>Writes the style sheet of this program, which is no text from outside.</summary>
    public Html Style(string sheet)
    {
        _text.Append("<style>").Append(sheet).Append("</style>\n");
        return this;
    }

    /// <summary>The page.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    private static string Escaped(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(static c => IsUnseen(c) ? $"\\u{(int)c:x4}" : c.ToString())));

    private static bool IsUnseen(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
