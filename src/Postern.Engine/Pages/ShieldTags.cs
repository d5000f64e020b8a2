using Postern.Engine.Detection.Destination;
using Postern.Engine.Views;

namespace Postern.Engine.Pages;

/// <summary>Which tags of a page are cut out.</summary>
internal static class ShieldTags
{
    /// <summary>Elements that authors hide text in. Menus and dialogues are of others too, and come into sight later.</summary>
    private static readonly string[] s_texts = ["div", "span", "p", "section", "article", "font", "small", "b", "i", "em", "strong", "li"];

    /// <summary>Elements with content that load something.</summary>
    private static readonly string[] s_loaders = ["script", "iframe", "object", "video", "audio"];

    /// <summary>What a link element can ask a browser to do before anybody clicks.</summary>
    private static readonly string[] s_ahead = ["prefetch", "dns-prefetch", "preconnect", "prerender"];

    /// <summary>True for an element that is cut out with all that is in it.</summary>
    public static bool IsTrap(ShieldPolicy policy, ReadOnlySpan<byte> name, ReadOnlySpan<byte> attributes) =>
        (policy.StripsHidden && IsOneOf(name, s_texts) && HtmlTags.Hides(attributes))
        || (policy.Tracking.Count > 0 && IsOneOf(name, s_loaders) && LoadsFrom(policy.Tracking, attributes));

    /// <summary>True for a tag or a comment that is cut out by itself.</summary>
    public static bool IsPiece(ShieldPolicy policy, ref MarkupReader reader)
    {
        if (reader.Kind == MarkupKind.Comment)
        {
            return policy.StripsHidden && reader.Bytes.StartsWith("<!--"u8);
        }

        if (reader.Kind != MarkupKind.Start)
        {
            return false;
        }

        var isImage = Ascii.EqualsIgnoreCase(reader.Name, "img"u8);
        var isLink = Ascii.EqualsIgnoreCase(reader.Name, "link"u8);
        return (isImage && policy.StripsPixels && IsPixel(reader.Attributes))
            || (isLink && policy.StripsPixels && AttributeReader.TryFind(reader.Attributes, "rel"u8, out var rel) && IsOneOf(rel.Trim((byte)' '), s_ahead))
            || ((isImage || isLink) && policy.Tracking.Count > 0 && LoadsFrom(policy.Tracking, reader.Attributes));
    }

    private static bool IsPixel(ReadOnlySpan<byte> attributes) =>
        AttributeReader.TryFind(attributes, "width"u8, out var width) && AttributeReader.TryFind(attributes, "height"u8, out var height)
        && IsTiny(width) && IsTiny(height);

    private static bool IsTiny(ReadOnlySpan<byte> size) => size is [(byte)'0' or (byte)'1'] or [(byte)'0' or (byte)'1', (byte)'p', (byte)'x'];

    private static bool LoadsFrom(DomainSet tracking, ReadOnlySpan<byte> attributes)
    {
        var reader = new AttributeReader(attributes);
        while (reader.Read())
        {
            var isAddress = Ascii.EqualsIgnoreCase(reader.Name, "src"u8) || Ascii.EqualsIgnoreCase(reader.Name, "href"u8) || Ascii.EqualsIgnoreCase(reader.Name, "data"u8);
            if (isAddress && HostOf(reader.Value) is { Kind: not HostKind.None } host && tracking.Contains(host))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The host of an absolute address, with a scheme or without.</summary>
    private static CanonicalHost HostOf(ReadOnlySpan<byte> address)
    {
        var slashes = address.IndexOf("//"u8);
        if (slashes < 0 || address[..slashes].ContainsAny((byte)'/', (byte)'?', (byte)'#'))
        {
            return default;
        }

        var rest = address[(slashes + 2)..];
        var end = rest.IndexOfAny("/?#"u8);
        return Authority.TryParse(end < 0 ? rest : rest[..end], 443, out var authority, out _) ? authority.Host : default;
    }

    private static bool IsOneOf(ReadOnlySpan<byte> name, string[] names)
    {
        foreach (var known in names)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, known))
            {
                return true;
            }
        }

        return false;
    }
}
