using System.Globalization;
using System.Net.Http.Headers;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>Reads the head of an upstream's response into a message. Faults are noted as obstacles, never repaired.</summary>
internal static class ResponseHead
{
    /// <summary>Writes every header that will be passed on.</summary>
    public static ResponseFacts Read(HttpResponseMessage response, MessageWriter writer)
    {
        var head = response.Headers.NonValidated;
        var content = response.Content.Headers.NonValidated;
        var (length, obstacles) = Framing(response, head, content);
        var connection = One(head, "Connection") ?? string.Empty;
        obstacles |= ConnectionOptions.Check(connection);
        foreach (var (name, values) in head)
        {
            obstacles |= Add(writer, connection, name, values);
        }

        foreach (var (name, values) in content)
        {
            if (!IsOurs(name))
            {
                obstacles |= Add(writer, connection, name, values);
            }
        }

        var coding = One(content, "Content-Encoding");
        var hasBody = HasBody(response);
        if (!hasBody && length is not null && response.RequestMessage?.Method == HttpMethod.Head && ContentCoding.IsIdentity(coding))
        {
            writer.Header("Content-Length", length.Value.ToString(CultureInfo.InvariantCulture));
        }

        return new ResponseFacts(obstacles, One(content, "Content-Type"), coding, length) { HasBody = hasBody };
    }

    /// <summary>Writes the trailers that came after the body.</summary>
    public static Obstacle ReadTrailers(HttpResponseMessage response, MessageWriter writer)
    {
        var obstacles = Obstacle.None;
        foreach (var (name, values) in response.TrailingHeaders.NonValidated)
        {
            obstacles |= Add(writer, string.Empty, name, values);
        }

        return obstacles;
    }

    /// <summary>A body that two readers would end at different places, a status that is no answer, two types for one body.</summary>
    private static (long? Length, Obstacle Obstacles) Framing(HttpResponseMessage response, HttpHeadersNonValidated head, HttpHeadersNonValidated content)
    {
        // A 101 is the WebSocket handshake's business, which judges it itself.
        var obstacles = (int)response.StatusCode is < 200 and not 101 ? Obstacle.BrokenProtocol : Obstacle.None;
        var isChunked = head.TryGetValues("Transfer-Encoding", out var transfer);
        if (isChunked && !(transfer.Count == 1 && transfer.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase)))
        {
            obstacles |= Obstacle.AmbiguousFraming;
        }

        if (content.TryGetValues("Content-Type", out var types) && types.Count > 1)
        {
            obstacles |= Obstacle.AmbiguousFraming;
        }

        if (!content.TryGetValues("Content-Length", out var lengths))
        {
            return (null, obstacles);
        }

        var isLength = lengths.Count == 1 && long.TryParse(lengths.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : -1;
        return isLength < 0 || isChunked ? (null, obstacles | Obstacle.AmbiguousFraming) : (isLength, obstacles);
    }

    /// <summary>What follows these is no body, whatever the headers say (RFC 9112 §6.3, RFC 9110 §15.3.6).</summary>
    private static bool HasBody(HttpResponseMessage response) =>
        response.RequestMessage?.Method != HttpMethod.Head && (int)response.StatusCode is not (204 or 205 or 304);

    /// <summary>Lengths and codings are written anew: the body that leaves is decoded.</summary>
    private static bool IsOurs(string name) =>
        name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase);

    private static string? One(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static Obstacle Add(MessageWriter writer, string connection, string name, HeaderStringValues values)
    {
        if (HeaderRules.IsDropped(name) || HeaderRules.IsListed(connection, name))
        {
            return Obstacle.None;
        }

        var obstacles = Obstacle.None;
        foreach (var value in values)
        {
            writer.Header(name, value);
            obstacles |= HeaderRules.Check(name, value);
        }

        return obstacles;
    }
}
