using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;
using Postern.Engine.Monitoring.Tools.Chains;

namespace Postern.Engine.Inspection;

/// <summary>The rules about calls of tools, over the arguments of every call in a message on its way to a tool.</summary>
internal static class ToolLook
{
    /// <summary>Deeper arguments are the views' to refuse.</summary>
    private const int MaxDepth = 128;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };

    /// <summary>Judges the calls; what was found stands in the findings.</summary>
    public static void Run(Exchange exchange, Message message, Scratch scratch)
    {
        var policy = exchange.Policy.Policy;
        scratch.Calls.Clear();
        var shape = message.FactsRef.Mcp.Shape;
        var calls = shape is RpcShape.Call or RpcShape.Batch || (shape == RpcShape.Request && !message.FactsRef.Mcp.Tool.IsEmpty);
        if (policy.Tools is not { } rules || !calls || message.Direction != Direction.Outbound || !message.TryFind(PartKind.Body, out var body))
        {
            return;
        }

        try
        {
            Read(message, body, rules, policy.Calls, scratch);
            exchange.Calls = [.. scratch.Calls];
        }
        catch (JsonException)
        {
            // The adapter's reader is stricter than this one and has reported it; a text handed over for inspection is text.
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: a text that no tool will read as it was judged.
            scratch.Hits.Add(ToolRules.Unread, 0, 0);
            Findings.Collect("args$", scratch);
        }
    }

    private static void Read(Message message, in Part body, ToolRules rules, CallReader reader, Scratch scratch)
    {
        using var document = JsonDocument.Parse(message.Memory.Slice(body.Start, body.Length), s_options);
        var root = document.RootElement;
        var shape = message.FactsRef.Mcp.Shape;
        if (shape == RpcShape.Call && message.TryFind(PartKind.Text, out var name))
        {
            Call(Encoding.UTF8.GetString(message.Of(name)), root, rules, reader, scratch);
        }
        else if (shape == RpcShape.Request)
        {
            Request(root, rules, reader, scratch);
        }
        else if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in root.EnumerateArray())
            {
                Request(item, rules, reader, scratch);
            }
        }
    }

    private static void Request(JsonElement request, ToolRules rules, CallReader reader, Scratch scratch)
    {
        if (request.ValueKind == JsonValueKind.Object
            && request.TryGetProperty("params"u8, out var parameters) && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String)
        {
            parameters.TryGetProperty("arguments"u8, out var arguments);
            Call(name.GetString()!, arguments, rules, reader, scratch);
        }
    }

    private static void Call(string tool, JsonElement arguments, ToolRules rules, CallReader reader, Scratch scratch)
    {
        var commands = ToolCallReader.Read(tool, arguments);
        foreach (var (where, script) in commands)
        {
            rules.Scan(script, 0, scratch.Hits);
            Findings.Collect(where, scratch);
        }

        var written = arguments.ValueKind == JsonValueKind.Undefined ? default : JsonMarshal.GetRawUtf8Value(arguments);
        scratch.Calls.Add(reader.Read(tool, commands) with { Arguments = CallHash.Of(written), Bytes = written.Length });
    }
}
