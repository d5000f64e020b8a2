using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>Names places for people and suppressions: <c>url.query</c>, <c>header:authorization</c>, <c>body$.args.path</c>.</summary>
internal static class PlaceNames
{
    private const int MaxWordLength = 20;
    private const int MaxCapitals = 3;
    private const int MaxIndexDigits = 4;

    public static string Of(Message message, in SourceSpan span, int offset, ViewBuilder views) => span.Kind switch
    {
        PartKind.Url => "url." + UrlPiece(message.Bytes.Slice(span.Start, span.Length), offset),
        PartKind.HeaderValue => HeaderAt(message, span.Start + offset),
        PartKind.Body when span.Content is not null => "body.metadata",
        PartKind.Body when message.FactsRef.Mcp.IsMcp => McpPlaces.Of(views.Describe(MessageSources.ViewOf(message, span), offset), message.FactsRef.Mcp),
        PartKind.Body => "body" + views.Describe(MessageSources.ViewOf(message, span), offset),
        PartKind.Method => "method",
        PartKind.Border => "border",
        _ => "text",
    };

    /// <summary>
    /// The name, or just the part it lies in when the name itself may hold something to hide: agents choose their JSON keys. Only
    /// short words pass, and no detector may know them.
    /// </summary>
    public static string Clean(string name, in SourceSpan span, IDetector[] detectors)
    {
        if (span.Kind is PartKind.Body or PartKind.HeaderValue && !IsOfPlainWords(name))
        {
            return Plain(span);
        }

        var bytes = Encoding.UTF8.GetBytes(name);
        var hits = new HitList();
        foreach (var detector in detectors)
        {
            detector.Detect(new View(bytes, ViewChain.Raw, PartKind.Text, Direction.Outbound), hits);
        }

        return hits.Count == 0 ? name : Plain(span);
    }

    /// <summary>The part without any name that comes from the message.</summary>
    public static string Plain(in SourceSpan span) => span.Kind switch
    {
        PartKind.Body => "body",
        PartKind.HeaderValue => "header",
        PartKind.Url => "url",
        _ => "text",
    };

    /// <summary>Short words as programmers write them, and indices: nothing worth hiding, nor a piece of it, looks like that.</summary>
    private static bool IsOfPlainWords(ReadOnlySpan<char> name)
    {
        var (length, digits, capitals) = (0, 0, 0);
        foreach (var character in name)
        {
            var (isLetter, isDigit) = (char.IsAsciiLetter(character), char.IsAsciiDigit(character));
            if (!isLetter && !isDigit && !"$.[]_-\":".Contains(character))
            {
                return false;
            }

            length = isLetter || isDigit ? length + 1 : 0;
            digits = isDigit ? digits + 1 : 0;
            capitals = char.IsAsciiLetterUpper(character) ? capitals + 1 : 0;

            // A digit within a word tells a token from a word; an index is digits alone.
            if (length > MaxWordLength || capitals > MaxCapitals || (isDigit && (digits < length || digits > MaxIndexDigits)) || (isLetter && digits > 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The request's URL without query and fragment; empty when the message has none.</summary>
    public static string UrlOf(Message message)
    {
        if (!message.TryFind(PartKind.Url, out var part))
        {
            return string.Empty;
        }

        var url = message.Of(part);
        var end = url.IndexOfAny((byte)'?', (byte)'#');
        return Encoding.Latin1.GetString(end < 0 ? url : url[..end]);
    }

    private static string UrlPiece(ReadOnlySpan<byte> url, int offset)
    {
        var before = url[..Math.Min(offset, url.Length)];
        if (before.Contains((byte)'#'))
        {
            return "fragment";
        }

        if (before.Contains((byte)'?'))
        {
            return "query";
        }

        var authority = url.IndexOf("://"u8);
        var path = authority < 0 ? -1 : url[(authority + 3)..].IndexOf((byte)'/');
        return path >= 0 && offset >= authority + 3 + path ? "path" : "host";
    }

    private static string HeaderAt(Message message, int offset)
    {
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind == PartKind.HeaderValue && offset < part.Start + part.Length)
            {
                return "header:" + Encoding.Latin1.GetString(message.NameOf(part)).ToLowerInvariant();
            }
        }

        return "header";
    }
}
