using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp;

/// <summary>
/// Refusals in the words of MCP, so that clients recover: a tool that was not called gives a result that says so, which a model can
/// read; everything else gives an error under its own id.
/// </summary>
internal static class McpReply
{
    private const string Type = "application/json";
    private const int NotJson = -32700;
    private const int NotRpc = -32600;

    /// <summary>The code that SDKs use when a connection fails.</summary>
    private const int ServerFailed = -32000;

    /// <summary>The answer to requests that were refused, or what stands in for answers that were.</summary>
    /// <param name="refused">Why.</param>
    /// <param name="asked">The requests; each with its id.</param>
    /// <param name="isBatch">True to answer with an array.</param>
    public static Reply Of(Refused refused, IReadOnlyList<RpcEnvelope> asked, bool isBatch) => Own(writer =>
    {
        if (isBatch)
        {
            writer.WriteStartArray();
        }

        foreach (var one in asked)
        {
            Answer(writer, one, refused);
        }

        if (isBatch)
        {
            writer.WriteEndArray();
        }
    });

    /// <summary>An error that answers nothing that was asked: the frame could not be read.</summary>
    /// <param name="refused">Why.</param>
    /// <param name="whole">What could be read of it.</param>
    /// <param name="status">The status where HTTP carries it.</param>
    public static Reply Unreadable(Refused refused, in RpcEnvelope whole, int status = 200)
    {
        var (id, code) = (whole.Id, whole.Fault switch
        {
            RpcFault.NotJson => NotJson,
            RpcFault.TooLong or RpcFault.DoubledMember => McpCodes.Uninspectable,
            _ => NotRpc,
        });
        return Own(writer =>
        {
            Begin(writer, id);
            Error(writer, refused, code);
            writer.WriteEndObject();
        }, status);
    }

    /// <summary>A reply as the data of an event.</summary>
    public static Reply Event(Reply reply) => Reply.Own(200, "text/event-stream", (byte[])[.. "event: message\ndata: "u8, .. reply.Body.Span, .. "\n\n"u8]);

    /// <summary>The server failed; whose fault that is, no rule says.</summary>
    public static Reply Failed(RpcId id, string why) => Own(writer =>
    {
        Begin(writer, id);
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, ServerFailed);
        writer.WriteString("message"u8, why);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void Answer(Utf8JsonWriter writer, in RpcEnvelope asked, Refused refused)
    {
        Begin(writer, asked.Id);
        if (asked.IsToolCall)
        {
            Result(writer, refused);
        }
        else
        {
            Error(writer, refused, McpCodes.Of(refused));
        }

        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, RpcId id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        id.WriteTo(writer);
    }

    private static void Error(Utf8JsonWriter writer, Refused refused, int code)
    {
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, code);
        writer.WriteString("message"u8, "Refused by Postern: " + refused.Detail);
        writer.WriteStartObject("data"u8);
        foreach (var (name, value) in Fields(refused))
        {
            writer.WriteString(name, value);
        }

        writer.WriteBoolean("retryable"u8, McpCodes.IsRetryable(refused.Kind));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter writer, Refused refused)
    {
        writer.WriteStartObject("result"u8);
        writer.WriteStartArray("content"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        var fields = string.Join('\n', Fields(refused).Where(static field => field.Value.Length > 0).Select(static field => field.Name + ": " + field.Value));
        writer.WriteString("text"u8, "Refused by Postern, an agent firewall.\n" + fields + "\nretryable: " + (McpCodes.IsRetryable(refused.Kind) ? "true" : "false"));
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteBoolean("isError"u8, true);
        writer.WriteEndObject();
    }

    private static (string Name, string Value)[] Fields(Refused refused) =>
    [
        ("reason", refused.Detail),
        ("rule", refused.RuleId),
        ("where", refused.Decisive?.Where ?? string.Empty),
        ("evidence", refused.Evidence?.ToString() ?? string.Empty),
        ("remedy", refused.Remedy),
    ];

    private static Reply Own(Action<Utf8JsonWriter> write, int status = 200)
    {
        var text = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        return Reply.Own(status, Type, text.WrittenMemory);
    }
}
