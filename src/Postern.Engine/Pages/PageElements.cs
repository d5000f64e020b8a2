using System.Collections.Frozen;

namespace Postern.Engine.Pages;

/// <summary>What the layout has to know about elements (HTML Living Standard, "Rendering").</summary>
internal static class PageElements
{
    private const int MaxNameBytes = 16;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_dropped = Set(
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "audio", "video", "noembed", "noframes");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_paragraphs = Set(
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote", "article", "section", "header", "footer", "nav", "aside", "main", "form", "hr", "figure");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_lines = Set(
        "div", "br", "li", "dt", "dd", "tr", "caption", "figcaption", "address", "fieldset", "legend", "option", "details", "summary", "body", "head", "html");

    /// <summary>True for elements whose whole content is not text of the page.</summary>
    public static bool IsDropped(ReadOnlySpan<char> name) => s_dropped.Contains(name);

    /// <summary>The name as the sets here take it; one that is longer than any of theirs is in none.</summary>
    public static string NameOf(ReadOnlySpan<byte> name) => name.Length > MaxNameBytes ? string.Empty : System.Text.Encoding.ASCII.GetString(name);

    /// <summary>Line ends before and after the element: 2 for a paragraph, 1 for a line, 0 within one.</summary>
    public static int Breaks(ReadOnlySpan<char> name) => s_paragraphs.Contains(name) ? 2 : s_lines.Contains(name) ? 1 : 0;

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(params string[] names) =>
        names.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
