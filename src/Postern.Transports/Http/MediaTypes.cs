using System.Text;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>From a Content-Type to the way its body is read and cut.</summary>
internal static class MediaTypes
{
    /// <summary>The label that says nothing.</summary>
    public const string Octets = "application/octet-stream";

    /// <summary>How a body of <paramref name="contentType"/> is read. Opaque is a claim only: see <see cref="LooksOpaque"/>.</summary>
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

        if (type.Equals("text/html", StringComparison.OrdinalIgnoreCase) || type.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase))
        {
            return ContentKind.Html;
        }

        return IsMedia(type) ? ContentKind.Opaque : ContentKind.Text;
    }

    /// <summary>True when a body begins like the media that <paramref name="contentType"/> says it is; what does not is read as text.</summary>
    public static bool LooksOpaque(string? contentType, ReadOnlySpan<byte> start) => MediaSignatures.Confirm(TypeOf(contentType), start);

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

    private static bool IsMedia(ReadOnlySpan<char> type) =>
        (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && !type.Contains("svg", StringComparison.OrdinalIgnoreCase))
        || type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("font/", StringComparison.OrdinalIgnoreCase)
        || type.Equals(Octets, StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/pdf", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/zip", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/gzip", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/x-gzip", StringComparison.OrdinalIgnoreCase);
}
