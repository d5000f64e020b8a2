using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Postern.Transports.Hooks;

/// <summary>One event as the host described it. Read strictly: two members of one name are two stories, and nobody knows which one the host believes.</summary>
internal sealed class HookEvent : IDisposable
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private readonly JsonDocument _document;

    private HookEvent(JsonDocument document, HookRow row) => (_document, Row) = (document, row);

    /// <summary>What it is.</summary>
    public HookRow Row { get; }

    /// <summary>The tool that was, or is to be, called; empty when none is named.</summary>
    public string Tool => Row.Tool.Length > 0 ? Row.Tool : Plain(Text("tool_name") ?? "");

    /// <summary>True when the tool belongs to an MCP server, whose results have a known shape.</summary>
    public bool IsMcpTool => Text("tool_name")?.StartsWith("mcp__", StringComparison.Ordinal) == true;

    /// <summary>Reads an event; false when it is no event of the host, or lacks what it is to be judged by.</summary>
    public static bool TryRead(HookHost host, ReadOnlyMemory<byte> json, [NotNullWhen(true)] out HookEvent? read)
    {
        read = null;
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, s_strict);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && TextOf(root, "hook_event_name") is { } name && HookTable.Find(host, name) is { } row && IsWhole(root, row))
            {
                read = new HookEvent(document, row);
            }
        }
        catch (JsonException)
        {
            // Not JSON, or nested too deep.
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: a text that no tool will read as it was judged.
        }

        if (read is null)
        {
            document?.Dispose();
        }

        return read is not null;
    }

    /// <summary>A member that is a text; null when it is none.</summary>
    public string? Text(string member) => TextOf(_document.RootElement, member);

    /// <summary>A member as it was written.</summary>
    public JsonElement this[string member] => _document.RootElement.GetProperty(member);

    /// <summary>True when the event has the member.</summary>
    public bool Has(string member) => _document.RootElement.TryGetProperty(member, out _);

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    /// <summary>Everything that the row looks at is there; the first argument of a call stands for the others, which are more of the same.</summary>
    private static bool IsWhole(JsonElement root, HookRow row) =>
        (!row.NamesCall || (TextOf(root, "tool_name") is { Length: > 0 } && root.TryGetProperty("tool_input", out _)))
        && (row.Arguments.Length == 0 || root.TryGetProperty(row.Arguments[0], out _))
        && (row.Brings.Length == 0 || root.TryGetProperty(row.Brings, out _))
        && (row.Says.Length == 0 || TextOf(root, row.Says) is not null);

    private static string? TextOf(JsonElement root, string member) =>
        root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A server's tool under its own name, as the policy and the proxy in front of the server know it.</summary>
    private static string Plain(string tool)
    {
        const string Claude = "mcp__";
        const string Cursor = "MCP:";
        if (tool.StartsWith(Cursor, StringComparison.Ordinal))
        {
            return tool[Cursor.Length..];
        }

        var end = tool.StartsWith(Claude, StringComparison.Ordinal) ? tool.IndexOf("__", Claude.Length, StringComparison.Ordinal) : -1;
        return end < 0 || end + 2 == tool.Length ? tool : tool[(end + 2)..];
    }
}
