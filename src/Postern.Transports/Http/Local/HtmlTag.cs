using System.Buffers;

namespace Postern.Transports.Http.Local;

/// <summary>One tag as it stands in a document.</summary>
/// <param name="text">The document.</param>
/// <param name="name">Where its name stands.</param>
/// <param name="attributes">Where its attributes stand.</param>
internal readonly ref struct HtmlTag(ReadOnlySpan<char> text, Range name, Range attributes)
{
    private static readonly SearchValues<char> s_nameEnds = SearchValues.Create(" \t\r\n\f/=");
    private static readonly SearchValues<char> s_spaces = SearchValues.Create(" \t\r\n\f");

    /// <summary>The name as written.</summary>
    public ReadOnlySpan<char> Name { get; } = text[name];

    private ReadOnlySpan<char> Attributes { get; } = text[attributes];

    /// <summary>True when the element is called this.</summary>
    public bool Is(ReadOnlySpan<char> name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of an attribute, character references undone; null when it does not stand there, empty when it has no value.</summary>
    public string? Attribute(string wanted)
    {
        var rest = Attributes;
        while (TryNext(ref rest, out var name, out var value))
        {
            if (name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                return System.Net.WebUtility.HtmlDecode(value.ToString());
            }
        }

        return null;
    }

    /// <summary>True when a reader of the page does not see the element.</summary>
    public bool IsHidden()
    {
        if (Attribute("hidden") is not null || Attribute("aria-hidden") is "true")
        {
            return true;
        }

        var style = Attribute("style")?.Replace(" ", string.Empty, StringComparison.Ordinal) ?? string.Empty;
        return Declares(style, "display:none") || Declares(style, "visibility:hidden")
            || Declares(style, "opacity:0") || Declares(style, "font-size:0");
    }

    /// <summary>A declaration with this value; <c>opacity:0.5</c> does not declare <c>opacity:0</c>.</summary>
    private static bool Declares(string style, string declaration)
    {
        var at = style.IndexOf(declaration, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (at + declaration.Length == style.Length || style[at + declaration.Length] != '.');
    }

    private static bool TryNext(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        rest = rest.TrimStart(" \t\r\n\f/");
        value = default;
        var end = rest.IndexOfAny(s_nameEnds);
        name = end < 0 ? rest : rest[..end];
        if (rest.IsEmpty)
        {
            return false;
        }

        // An equals sign where a name should begin is part of the name (as browsers read it): always at least one character on.
        var length = Math.Max(1, name.Length);
        rest = rest[length..];
        var after = rest.TrimStart(" \t\r\n\f");
        if (after.StartsWith("="))
        {
            rest = Value(after[1..].TrimStart(" \t\r\n\f"), out value);
        }

        return true;
    }

    private static ReadOnlySpan<char> Value(ReadOnlySpan<char> rest, out ReadOnlySpan<char> value)
    {
        var isQuoted = !rest.IsEmpty && rest[0] is '"' or '\'';
        var from = isQuoted ? 1 : 0;
        var length = isQuoted ? rest[1..].IndexOf(rest[0]) : rest.IndexOfAny(s_spaces);
        value = length < 0 ? rest[from..] : rest.Slice(from, length);
        return length < 0 ? default : rest[(from + length + from)..];
    }
}
