using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Postern.Engine.Flow;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Http;

/// <summary>
/// Reads the head of a request into a message: every header that will be forwarded, and none that will not. Faults are noted
/// as obstacles, never repaired.
/// </summary>
internal static class RequestHead
{
    /// <summary>Writes method, URL and headers.</summary>
    /// <param name="request">The request as the server parsed it.</param>
    /// <param name="url">The absolute URL it stands for.</param>
    /// <param name="writer">Receives the parts.</param>
    /// <returns>What the rest of the pipeline needs to know.</returns>
    public static RequestFacts Read(IHttpRequestFeature request, string url, MessageWriter writer)
    {
        // Extended CONNECT is how HTTP/2 asks for what HTTP/1.1 asks for with GET (RFC 8441 §5); any other CONNECT is refused by its target.
        writer.Add(PartKind.Method, request.Method == "CONNECT" ? "GET" : request.Method);
        writer.Add(PartKind.Url, url);
        var obstacles = IsMethod(request.Method) ? Obstacle.None : Obstacle.BrokenProtocol;
        var named = request.Headers.Connection;

        // Beside "close" the server keeps no other option: then nothing is taken away, and what is inspected is what is sent.
        obstacles |= ConnectionOptions.Check(named.ToString());
        var hasRange = request.Headers.ContainsKey("Range");
        foreach (var (name, values) in request.Headers)
        {
            if (values.Count > 1 && HeaderRules.IsSingle(name))
            {
                obstacles |= Obstacle.AmbiguousFraming;
            }

            if (HeaderRules.StaysBehind(name) || IsNamedByConnection(named, name) || IsOurs(name) || WebSocketHandshake.IsOwn(name))
            {
                continue;
            }

            foreach (var value in values)
            {
                obstacles |= HeaderRules.Check(name, value);
                writer.Header(name, Narrow(name, value ?? string.Empty, hasRange));
            }
        }

        // Kestrel sets a length aside under this name when a request has both framings (RFC 9112 §6.3).
        if (request.Headers.TransferEncoding.Count > 0 && (request.Headers.ContentLength is not null || request.Headers.ContainsKey("X-Content-Length")))
        {
            obstacles |= Obstacle.AmbiguousFraming;
        }

        if (request.Headers.TransferEncoding.Count > 0 && !IsChunked(request.Headers.TransferEncoding))
        {
            obstacles |= Obstacle.AmbiguousFraming;
        }

        if (!request.Headers.ContainsKey("Accept-Encoding"))
        {
            writer.Header("Accept-Encoding", "identity");
        }

        return new RequestFacts(obstacles, request.Headers.ContentType, request.Headers.ContentEncoding);
    }

    /// <summary>Framing and addressing are written anew by the release; the body that leaves is decoded.</summary>
    private static bool IsOurs(string name) =>
        name.Equals("Host", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Expect", StringComparison.OrdinalIgnoreCase);

    /// <summary>Only codings we can read may come back; a range of a coded body could not be decoded at all.</summary>
    private static string Narrow(string name, string value, bool hasRange)
    {
        if (name.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase))
        {
            return hasRange ? "identity" : HeaderRules.Readable(value);
        }

        return name.Equals("grpc-accept-encoding", StringComparison.OrdinalIgnoreCase) ? "identity" : value;
    }

    private static bool IsNamedByConnection(StringValues connection, string name)
    {
        foreach (var value in connection)
        {
            if (HeaderRules.IsListed(value, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Methods are case-sensitive (RFC 9110 §9.1), but what sends them on folds the case: then it would not be what was inspected.</summary>
    private static bool IsMethod(ReadOnlySpan<char> method)
    {
        foreach (var c in method)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return !method.IsEmpty;
    }

    /// <summary>Any coding besides "chunked" would leave the body coded while the header that says so stays behind.</summary>
    private static bool IsChunked(StringValues transferEncoding) =>
        transferEncoding.Count == 1 && transferEncoding.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase);
}
