using Postern.Engine.Flow;
using Postern.Engine.Mcp;

namespace Postern.Program.Judging;

/// <summary>Makes messages that are judged and never sent.</summary>
internal static class Probe
{
    /// <summary>A request for a URL.</summary>
    public static Message OfUrl(ReadOnlySpan<byte> url)
    {
        using var writer = new MessageWriter(url.Length + 16);
        writer.Add(PartKind.Method, "GET"u8);
        writer.Add(PartKind.Url, url);
        return writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound) { Whole = true });
    }

    /// <summary>A text on its way out or in.</summary>
    public static Message OfText(ReadOnlySpan<byte> text, Direction direction)
    {
        using var writer = new MessageWriter(text.Length + 1);
        writer.Add(PartKind.Text, text);
        return writer.Seal(new MessageFacts(MessageKind.Text, direction) { Whole = true });
    }

    /// <summary>A message of MCP.</summary>
    public static Message OfRpc(ReadOnlySpan<byte> json, Direction direction, in McpFacts facts)
    {
        using var writer = new MessageWriter(json.Length + 1);
        writer.Body(json);
        return writer.Seal(new MessageFacts(MessageKind.Text, direction) { Whole = true, Content = ContentKind.Json, Mcp = facts });
    }

    /// <summary>A call of a tool with its arguments as JSON.</summary>
    public static Message OfTool(ReadOnlySpan<byte> tool, ReadOnlySpan<byte> argumentsJson)
    {
        using var writer = new MessageWriter(tool.Length + argumentsJson.Length + 1);
        writer.Add(PartKind.Text, tool);
        writer.Body(argumentsJson);
        return writer.Seal(new MessageFacts(MessageKind.Text, Direction.Outbound)
        {
            Whole = true,
            Content = ContentKind.Json,
            Mcp = new McpFacts(RpcShape.Call),
        });
    }
}
