using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;
using Postern.Transports.Streaming;

namespace Postern.Transports.Hooks;

/// <summary>
/// Makes messages of an event. A call is judged like a call that passes the MCP proxy. What a tool or a file brings is judged both ways:
/// it is read by the model, and it is sent to whoever runs the model. Nothing can be edited: the host keeps what it has.
/// </summary>
internal static class HookMessages
{
    /// <summary>The messages; the caller owns each.</summary>
    public static IEnumerable<Message> Of(HookEvent @event)
    {
        var row = @event.Row;
        if (row.NamesCall)
        {
            yield return Call(@event.Tool, JsonMarshal.GetRawUtf8Value(@event["tool_input"]));
        }
        else if (row.Tool.Length > 0)
        {
            yield return Call(row.Tool, Arguments(@event));
        }

        if (row.Says.Length > 0)
        {
            yield return Text(@event[row.Says].GetString()!);
        }

        if (row.Brings.Length > 0)
        {
            yield return Brought(@event, Direction.Inbound);
            yield return Brought(@event, Direction.Outbound);
        }
    }

    /// <summary>Stands for an event that nobody could read; it is refused, and the refusal recorded.</summary>
    public static Message Unread(bool isTooLong)
    {
        using var writer = new MessageWriter(16);
        writer.Add(PartKind.Text, ""u8);
        return writer.Seal(new MessageFacts(MessageKind.Text, Direction.Outbound) { Obstacles = isTooLong ? Obstacle.BodyTooLarge : Obstacle.InvalidRpc, Whole = true });
    }

    private static Message Call(string tool, ReadOnlySpan<byte> arguments)
    {
        using var writer = new MessageWriter(tool.Length + arguments.Length + 1);
        writer.Add(PartKind.Text, Encoding.UTF8.GetBytes(tool));
        writer.Body(arguments);
        return writer.Seal(Facts(MessageKind.Rpc, Direction.Outbound) with { Mcp = new McpFacts(RpcShape.Call) { Method = "tools/call"u8.ToArray() } });
    }

    private static Message Brought(HookEvent @event, Direction direction)
    {
        var json = JsonMarshal.GetRawUtf8Value(@event[@event.Row.Brings]);
        using var writer = new MessageWriter(json.Length + 1);
        if (direction == Direction.Inbound)
        {
            TextBlocks.Join(json, writer);
        }

        writer.Body(json);
        return writer.Seal(Facts(direction == Direction.Inbound ? MessageKind.Rpc : MessageKind.Text, direction) with
        {
            Mcp = direction == Direction.Outbound ? default
                : new McpFacts(RpcShape.Result) { Method = "tools/call"u8.ToArray(), Tool = Encoding.UTF8.GetBytes(@event.Tool) },
        });
    }

    private static Message Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var writer = new MessageWriter(bytes.Length + 1);
        writer.Add(PartKind.Text, bytes);
        return writer.Seal(Facts(MessageKind.Text, Direction.Outbound) with { Content = ContentKind.Text });
    }

    private static MessageFacts Facts(MessageKind kind, Direction direction) => new(kind, direction) { Content = ContentKind.Json, Whole = true, IsFixed = true };

    private static ReadOnlySpan<byte> Arguments(HookEvent @event)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var name in @event.Row.Arguments.Where(@event.Has))
            {
                writer.WritePropertyName(name);
                @event[name].WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return json.WrittenSpan;
    }
}
