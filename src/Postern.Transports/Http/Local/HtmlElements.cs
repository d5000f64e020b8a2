using System.Collections.Frozen;

namespace Postern.Transports.Http.Local;

/// <summary>What the layout has to know about elements (HTML Living Standard, "Rendering").</summary>
internal static class HtmlElements
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_dropped = Set(
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "audio", "video", "noembed", "noframes");

    // Their content holds no markup: it ends at the end tag and nowhere before.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_raw = Set("script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_void = Set(
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_paragraphs = Set(
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote", "article", "section", "header", "footer", "nav", "aside", "main", "form", "hr", "figure");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_lines = Set(
        "div", "br", "li", "dt", "dd", "tr", "caption", "figcaption", "address", "fieldset", "legend", "option", "details", "summary", "body", "head", "html");

    /// <summary>True for elements whose whole content is not text of the page.</summary>
    public static bool IsDropped(ReadOnlySpan<char> name) => s_dropped.Contains(name);

    /// <summary>True for elements whose content is not markup.</summary>
    public static bool IsRaw(ReadOnlySpan<char> name) => s_raw.Contains(name);

    /// <summary>True for elements that have no content.</summary>
    public static bool IsVoid(ReadOnlySpan<char> name) => s_void.Contains(name);

    /// <summary>Line ends before and after the element: 2 for a paragraph, 1 for a line, 0 within one.</summary>
    public static int Breaks(ReadOnlySpan<char> name) => s_paragraphs.Contains(name) ? 2 : s_lines.Contains(name) ? 1 : 0;

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(params string[] names) =>
        names.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
