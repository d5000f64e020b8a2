using System.Buffers;
using Postern.Engine.Views;

namespace Postern.Engine.Media;

/// <summary>SVG is text that draws; some of it also acts.</summary>
internal static class SvgText
{
    private const string Label = "image/svg+xml";

    /// <summary>White space, and the bytes of a byte order mark.</summary>
    private static readonly SearchValues<byte> s_blanks = SearchValues.Create([(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF]);

    /// <summary>True for what is labelled SVG, and for what has it as its first element under a label that does not speak against it.</summary>
    public static bool IsSvg(ReadOnlySpan<char> type, ReadOnlySpan<byte> start)
    {
        if (type.Equals(Label, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var mayBe = type.IsEmpty || type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("/xml", StringComparison.OrdinalIgnoreCase) || type.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase);
        return mayBe && FirstElement(start).StartsWith("svg"u8);
    }

    /// <summary>True when something in the text acts when it is shown.</summary>
    public static bool IsActive(ReadOnlySpan<byte> text)
    {
        var reader = new MarkupReader(text, isXml: true);
        while (reader.Read())
        {
            if (IsActive(ref reader))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsActive(ref MarkupReader reader)
    {
        if (reader.Kind == MarkupKind.Comment)
        {
            // Entities spell what is not there; a style sheet comes from elsewhere.
            return reader.Bytes.IndexOf("<!ENTITY"u8) >= 0 || reader.Bytes.StartsWith("<?xml-stylesheet"u8);
        }

        if (reader.Kind != MarkupKind.Start)
        {
            return false;
        }

        var name = Local(reader.Name);
        if (IsOneOf(name, "script"u8, "foreignobject"u8) || IsOneOf(name, "iframe"u8, "embed"u8) || IsOneOf(name, "object"u8, "handler"u8))
        {
            return true;
        }

        var attributes = new AttributeReader(reader.Attributes);
        while (attributes.Read())
        {
            if (IsHandler(attributes.Name) || IsScriptTarget(attributes.Name, attributes.Value) || IsAnimatedTarget(attributes.Name, attributes.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> FirstElement(ReadOnlySpan<byte> start)
    {
        var reader = new MarkupReader(start, isXml: true);
        while (reader.Read())
        {
            if (reader.Kind == MarkupKind.Start)
            {
                return Local(reader.Name);
            }

            if (reader.Kind == MarkupKind.Text && reader.Bytes.ContainsAnyExcept(s_blanks))
            {
                return default;
            }
        }

        return default;
    }

    /// <summary>The name without a prefix for its namespace.</summary>
    private static ReadOnlySpan<byte> Local(ReadOnlySpan<byte> name) => name[(name.IndexOf((byte)':') + 1)..];

    private static bool IsOneOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        Ascii.EqualsIgnoreCase(name, one) || Ascii.EqualsIgnoreCase(name, other);

    private static bool IsHandler(ReadOnlySpan<byte> name) => name.Length > 2 && Ascii.StartsWith(name, 0, "on"u8) && Ascii.IsLetter(name[2]);

    /// <summary>A link that runs. Browsers overlook blanks and control characters in front of and within a scheme.</summary>
    private static bool IsScriptTarget(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!Ascii.EqualsIgnoreCase(Local(name), "href"u8))
        {
            return false;
        }

        // A reference in a scheme has no honest use: it hides which one it is.
        Span<byte> scheme = stackalloc byte[16];
        var length = 0;
        for (var i = 0; i < value.Length && length < scheme.Length; i++)
        {
            if (value[i] is (byte)'/' or (byte)'?' or (byte)'#')
            {
                break;
            }

            if (value[i] == '&')
            {
                return true;
            }

            if (value[i] > ' ')
            {
                scheme[length++] = value[i];
            }
        }

        return Ascii.StartsWith(scheme, 0, "javascript:"u8) || Ascii.StartsWith(scheme, 0, "vbscript:"u8) || Ascii.StartsWith(scheme, 0, "data:text"u8);
    }

    /// <summary>An animation that sets a handler or a link while the picture is shown.</summary>
    private static bool IsAnimatedTarget(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(name, "attributeName"u8) && (IsHandler(value) || Ascii.EqualsIgnoreCase(Local(value), "href"u8));
}
