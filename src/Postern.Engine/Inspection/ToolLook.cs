using System.Text;
using System.Text.Json;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;

namespace Postern.Engine.Inspection;

/// <summary>The rules about calls of tools, over the arguments of every call in a message on its way to a tool.</summary>
internal static class ToolLook
{
    /// <summary>Deeper arguments are the views' to refuse.</summary>
    private const int MaxDepth = 128;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };

    /// <summary>Judges the calls; what was found stands in the findings.</summary>
    public static void Run(Message message, ToolRules rules, Scratch scratch)
    {
        var shape = message.FactsRef.Mcp.Shape;
        var calls = shape is RpcShape.Call or RpcShape.Batch || (shape == RpcShape.Request && !message.FactsRef.Mcp.Tool.IsEmpty);
        if (!calls || message.Direction != Direction.Outbound || !message.TryFind(PartKind.Body, out var body))
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(message.Memory.Slice(body.Start, body.Length), s_options);
            var root = document.RootElement;
            if (shape == RpcShape.Call && message.TryFind(PartKind.Text, out var name))
            {
                Call(Encoding.UTF8.GetString(message.Of(name)), root, rules, scratch);
            }
            else if (shape == RpcShape.Request)
            {
                Request(root, rules, scratch);
            }
            else if (root.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in root.EnumerateArray())
                {
                    Request(item, rules, scratch);
                }
            }
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

    private static void Request(JsonElement request, ToolRules rules, Scratch scratch)
    {
        if (request.ValueKind == JsonValueKind.Object
            && request.TryGetProperty("params"u8, out var parameters) && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String
            && parameters.TryGetProperty("arguments"u8, out var arguments))
        {
            Call(name.GetString()!, arguments, rules, scratch);
        }
    }

    private static void Call(string tool, JsonElement arguments, ToolRules rules, Scratch scratch)
    {
        foreach (var (where, script) in ToolCallReader.Read(tool, arguments))
        {
            rules.Scan(script, 0, scratch.Hits);
            Findings.Collect(where, scratch);
        }
    }
}
