using System.Buffers;
using System.Collections.Frozen;

namespace Postern.Engine.Views;

/// <summary>What the tag stripper has to know about elements.</summary>
internal static class HtmlTags
{
    private const int MinHiding = 6;

    private static readonly ulong s_script = Pack("script"u8);
    private static readonly ulong s_style = Pack("style"u8);
    private static readonly ulong s_template = Pack("template"u8);
    private static readonly SearchValues<byte> s_hidingStarts = SearchValues.Create("hHdDoOfF"u8);

    // Of these nothing is seen between the pieces of text they mark up; every other element separates words.
    private static readonly FrozenSet<ulong> s_inline = Names(
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
        "kbd", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
        "var", "wbr", "nobr", "label", "img");

    private static readonly FrozenSet<ulong> s_void = Names(
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    public static bool IsInline(ReadOnlySpan<byte> name) => s_inline.Contains(Pack(name));

    public static bool IsVoid(ReadOnlySpan<byte> name) => s_void.Contains(Pack(name));

    /// <summary>Elements whose content is not text of the document and holds no markup.</summary>
    public static bool IsRaw(ReadOnlySpan<byte> name) => Pack(name) is var packed && (packed == s_script || packed == s_style);

    public static bool IsTemplate(ReadOnlySpan<byte> name) => Pack(name) == s_template;

    /// <summary>Whether attributes take the element out of sight.</summary>
    public static bool Hides(ReadOnlySpan<byte> attributes)
    {
        if (attributes.Length < MinHiding || !MayHide(attributes))
        {
            return false;
        }

        for (var at = 0; at < attributes.Length; at++)
        {
            var next = attributes[at..].IndexOfAny(s_hidingStarts);
            if (next < 0)
            {
                return false;
            }

            at += next;
            if (IsHidden(attributes, at) || HasValue(attributes, at, "display"u8, "none"u8)
                || HasValue(attributes, at, "opacity"u8, "0"u8) || HasValue(attributes, at, "font-size"u8, "0"u8))
            {
                return true;
            }
        }

        return false;
    }

    // Nearly all tags are told apart by these three vectorised searches.
    private static bool MayHide(ReadOnlySpan<byte> attributes) =>
        attributes.IndexOf("hidden"u8) >= 0 || attributes.IndexOf("style"u8) >= 0
        || attributes.ContainsAnyInRange((byte)'A', (byte)'Z');

    // The attribute, or the value of visibility or type; not a class such as overflow-hidden.
    private static bool IsHidden(ReadOnlySpan<byte> text, int at) =>
        Ascii.StartsWith(text, at, "hidden"u8) && at > 0 && (Ascii.IsSpace(text[at - 1]) || text[at - 1] is (byte)':' or (byte)'"' or (byte)'=');

    private static bool HasValue(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> property, ReadOnlySpan<byte> value)
    {
        if (!Ascii.StartsWith(text, at, property))
        {
            return false;
        }

        at += property.Length;
        while (at < text.Length && (Ascii.IsSpace(text[at]) || text[at] == ':'))
        {
            at++;
        }

        if (!Ascii.StartsWith(text, at, value))
        {
            return false;
        }

        // 0.5 is seen, 0 and 0px are not.
        at += value.Length;
        return at >= text.Length || text[at] != '.';
    }

    private static FrozenSet<ulong> Names(params ReadOnlySpan<string> names)
    {
        var packed = new HashSet<ulong>();
        foreach (var name in names)
        {
            packed.Add(Pack(System.Text.Encoding.ASCII.GetBytes(name)));
        }

        return packed.ToFrozenSet();
    }

    // Names in question have at most eight letters; a longer one packs into a value that no set contains.
    private static ulong Pack(ReadOnlySpan<byte> name)
    {
        if (name.Length > sizeof(ulong))
        {
            return ulong.MaxValue;
        }

        ulong packed = 0;
        foreach (var b in name)
        {
            packed = (packed << 8) | (uint)(b | 0x20);
        }

        return packed;
    }
}
