using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;

namespace Postern.Transports.Mcp.Http;

/// <summary>Builds the requests of a bridge: what an MCP client sends over HTTP, for a client that does not speak it.</summary>
/// <param name="endpoint">The server's endpoint.</param>
/// <param name="state">The session.</param>
/// <param name="session">What both sides agreed on.</param>
internal sealed class BridgeRequest(Uri endpoint, BridgeState state, RpcSession session)
{
    /// <summary>A message by POST.</summary>
    public Message Post(ReadOnlySpan<byte> text, in RpcPassage passage)
    {
        using var writer = Begin("POST", "application/json, text/event-stream");
        writer.Header("Content-Type", "application/json");
        var mirrored = MirroredHeaders.Of(text);
        Revision(writer, mirrored.Revision ?? session.Revision);
        if (mirrored.Revision is not null)
        {
            writer.Header("Mcp-Method", MirroredHeaders.Encode(Encoding.UTF8.GetString(passage.Facts.Method.Span)));
            if (mirrored.Name is not null)
            {
                writer.Header("Mcp-Name", MirroredHeaders.Encode(mirrored.Name));
            }
        }

        writer.Body(text);
        return writer.Seal(Facts(passage.Obstacles) with { Content = ContentKind.Json, Mcp = passage.Facts });
    }

    /// <summary>The server's own stream, or what is left of another.</summary>
    public Message Get(string? after)
    {
        using var writer = Begin("GET", "text/event-stream");
        Revision(writer, session.Revision);
        if (after is not null)
        {
            writer.Header("Last-Event-ID", after);
        }

        return writer.Seal(Facts(Obstacle.None));
    }

    /// <summary>The end of the session.</summary>
    public Message Delete()
    {
        using var writer = Begin("DELETE", "application/json");
        Revision(writer, session.Revision);
        return writer.Seal(Facts(Obstacle.None));
    }

    private static MessageFacts Facts(Obstacle obstacles) => new(MessageKind.Request, Direction.Outbound) { Obstacles = obstacles, Whole = true };

    private static void Revision(MessageWriter writer, string? revision)
    {
        if (revision is not null)
        {
            writer.Header("MCP-Protocol-Version", MirroredHeaders.Encode(revision));
        }
    }

    private MessageWriter Begin(string method, string accept)
    {
        var writer = new MessageWriter();
        writer.Add(PartKind.Method, method);
        writer.Add(PartKind.Url, endpoint.AbsoluteUri);
        writer.Header("Accept", accept);
        writer.Header("Accept-Encoding", "identity");
        if (state.Session is { } named)
        {
            writer.Header("Mcp-Session-Id", named);
        }

        return writer;
    }
}
