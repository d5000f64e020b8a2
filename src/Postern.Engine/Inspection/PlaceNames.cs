using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>Names places for people and suppressions: <c>url.query</c>, <c>header:authorization</c>, <c>body$.args.path</c>.</summary>
internal static class PlaceNames
{
    public static string Of(Message message, in SourceSpan span, int offset, ViewBuilder views) => span.Kind switch
    {
        PartKind.Url => "url." + UrlPiece(message.Bytes.Slice(span.Start, span.Length), offset),
        PartKind.HeaderValue => HeaderAt(message, span.Start + offset),
        PartKind.Body => "body" + views.Describe(MessageSources.ViewOf(message, span), offset),
        PartKind.Method => "method",
        PartKind.Border => "border",
        _ => "text",
    };

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
