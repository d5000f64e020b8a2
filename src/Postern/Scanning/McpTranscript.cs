using System.Text;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;
using Postern.Program.Judging;

namespace Postern.Program.Scanning;

/// <summary>Judges the messages of one recorded session in order. Which way a message went, its method says.</summary>
internal sealed class McpTranscript(Offline offline)
{
    /// <summary>Requests without an answer that are remembered.</summary>
    private const int MaxOpen = 10_000;

    private static readonly string[] s_ofServers = ["sampling/createMessage", "elicitation/create", "roots/list", "notifications/message", "notifications/resources/updated"];

    private readonly Dictionary<string, McpFacts> _asked = new(StringComparer.Ordinal);
    private long _lines;

    /// <summary>Judges one line; null for an empty one.</summary>
    public async ValueTask<McpTranscriptLine?> JudgeAsync(string line, CancellationToken cancel)
    {
        _lines++;
        if (string.IsNullOrWhiteSpace(line))
        {
            return null;
        }

        var (facts, direction) = Read(line);
        var message = Probe.OfRpc(Encoding.UTF8.GetBytes(line), direction, facts);
        var verdict = await offline.JudgeAsync(message, cancel).ConfigureAwait(false);
        return new McpTranscriptLine(_lines, Encoding.UTF8.GetString(facts.Method.Span), verdict);
    }

    private (McpFacts Facts, Direction Direction) Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? Message(root) : (default, Direction.Inbound);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The checkpoint says what is wrong with it.
            return (default, Direction.Inbound);
        }
    }

    private (McpFacts Facts, Direction Direction) Message(JsonElement root)
    {
        var id = root.TryGetProperty("id"u8, out var given) ? given.GetRawText() : "";
        if (!root.TryGetProperty("method"u8, out var method) || method.ValueKind != JsonValueKind.String)
        {
            _asked.Remove(id, out var asked);
            var isList = asked.Method.IsEmpty && root.TryGetProperty("result"u8, out var result) && result.ValueKind == JsonValueKind.Object && result.TryGetProperty("tools"u8, out _);
            return (asked with { Shape = root.TryGetProperty("error"u8, out _) ? RpcShape.Error : RpcShape.Result, Method = isList ? "tools/list"u8.ToArray() : asked.Method }, Direction.Inbound);
        }

        var name = method.GetString()!;
        var facts = new McpFacts(id.Length > 0 ? RpcShape.Request : RpcShape.Notification) { Method = Encoding.UTF8.GetBytes(name), Tool = ToolOf(name, root) };
        if (id.Length > 0 && _asked.Count < MaxOpen)
        {
            _asked[id] = facts;
        }

        var isServers = Array.IndexOf(s_ofServers, name) >= 0 || name.EndsWith("/list_changed", StringComparison.Ordinal);
        return (facts, isServers ? Direction.Inbound : Direction.Outbound);
    }

    private static byte[] ToolOf(string method, JsonElement root) =>
        method == "tools/call" && root.TryGetProperty("params"u8, out var parameters) && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String
            ? Encoding.UTF8.GetBytes(name.GetString()!)
            : [];
}
