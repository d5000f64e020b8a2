using System.Text;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>From a Content-Type to the way its body is read and cut.</summary>
internal static class MediaTypes
{
    /// <summary>How a body of <paramref name="contentType"/> is read, unless it is media.</summary>
    public static ContentKind KindOf(string? contentType)
    {
        var type = TypeOf(contentType);
        if (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        {
            return ContentKind.Json;
        }

        if (type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return ContentKind.Form;
        }

        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            return ContentKind.Multipart;
        }

        return IsMarkup(type) ? ContentKind.Html : ContentKind.Text;
    }

    /// <summary>The boundary parameter of a multipart type; empty when there is none.</summary>
    public static ReadOnlyMemory<byte> BoundaryOf(string? contentType)
    {
        const string Key = "boundary=";
        var at = contentType?.IndexOf(Key, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
        {
            return default;
        }

        var value = contentType.AsSpan(at + Key.Length).Trim();
        if (value.StartsWith("\""))
        {
            var close = value[1..].IndexOf('"');
            value = close < 0 ? default : value.Slice(1, close);
        }
        else if (value.IndexOf(';') is var end and >= 0)
        {
            value = value[..end].TrimEnd();
        }

        return Encoding.Latin1.GetBytes(value.ToString());
    }

    /// <summary>True for types whose pieces are sent as they come: events, lines, gRPC messages.</summary>
    public static bool NeverHolds(string? contentType)
    {
        var type = TypeOf(contentType);
        return IsEventStream(type) || IsGrpc(type) || IsLines(type);
    }

    public static bool IsEventStream(ReadOnlySpan<char> type) => type.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>gRPC and gRPC-Web frames; gRPC-Web in base64 is text.</summary>
    public static bool IsGrpc(ReadOnlySpan<char> type) =>
        type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/grpc-web-text", StringComparison.OrdinalIgnoreCase);

    public static bool IsLines(ReadOnlySpan<char> type) =>
        type.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase) || type.Equals("application/jsonl", StringComparison.OrdinalIgnoreCase);

    /// <summary>The type without its parameters.</summary>
    public static ReadOnlySpan<char> TypeOf(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }

    /// <summary>HTML, and XML with all that is made of it (feeds, SVG): tags hide and cut text in all of them alike.</summary>
    private static bool IsMarkup(ReadOnlySpan<char> type) =>
        type.Equals("text/html", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("/xml", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
}
