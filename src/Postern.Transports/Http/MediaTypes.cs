using System.Text;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>From a Content-Type to the way its body is read and cut.</summary>
internal static class MediaTypes
{
    /// <summary>How a body of <paramref name="contentType"/> is read.</summary>
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

    /// <summary>True when the body begins like the media it claims to be; what does not is read as text.</summary>
    public static bool LooksOpaque(ReadOnlySpan<byte> start)
    {
        foreach (var magic in s_magic)
        {
            if (start.StartsWith(magic))
            {
                return true;
            }
        }

        return start.Length > 8 && start[4..].StartsWith("ftyp"u8);
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

    private static bool IsMedia(ReadOnlySpan<char> type) =>
        (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && !type.Contains("svg", StringComparison.OrdinalIgnoreCase))
        || type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("font/", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/pdf", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/zip", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/gzip", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/x-gzip", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/x-tar", StringComparison.OrdinalIgnoreCase);

    /// <summary>First bytes of the formats that are counted and not read (public file signatures).</summary>
    private static readonly byte[][] s_magic =
    [
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A],
        [0xFF, 0xD8, 0xFF],
        "GIF8"u8.ToArray(),
        "RIFF"u8.ToArray(),
        "OggS"u8.ToArray(),
        "ID3"u8.ToArray(),
        "fLaC"u8.ToArray(),
        [0x1A, 0x45, 0xDF, 0xA3],
        "%PDF-"u8.ToArray(),
        [(byte)'P', (byte)'K', 3, 4],
        [0x1F, 0x8B, 8],
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0],
        [0x28, 0xB5, 0x2F, 0xFD],
        "BZh"u8.ToArray(),
        "wOFF"u8.ToArray(),
        "wOF2"u8.ToArray(),
        [0x7F, (byte)'E', (byte)'L', (byte)'F'],
        [0, (byte)'a', (byte)'s', (byte)'m'],
    ];
}
