using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Transports.Control.Simulation;

namespace Postern.Program.Posture;

/// <summary>The MCP server of a simulation: it lists the tools it is told and returns the text it is told.</summary>
internal sealed class McpScript
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What <c>tools/list</c> gives.</summary>
    public JsonArray Tools { get; set; } = [];

    /// <summary>What every call returns.</summary>
    public string Result { get; set; } = "done";

    /// <summary>A text as it stands in a message of JSON.</summary>
    public static string Quoted(string text) => JsonValue.Create(text).ToJsonString(s_plain);

    /// <summary>A tool's definition.</summary>
    public static JsonObject Tool(string name, string description) => new()
    {
        ["name"] = name,
        ["description"] = description,
        ["inputSchema"] = new JsonObject { ["type"] = "object" },
    };

    /// <summary>Answers a request.</summary>
    public SimulatedAnswer Answer(string arrival)
    {
        var request = JsonNode.Parse(arrival[(arrival.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]) as JsonObject;
        if (request?["id"] is not { } id)
        {
            return new SimulatedAnswer("application/json", "");
        }

        JsonObject result = (string?)request["method"] == "tools/list"
            ? new() { ["tools"] = Tools.DeepClone() }
            : new() { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = Result }) };
        return new SimulatedAnswer("application/json", new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = result }.ToJsonString(s_plain));
    }
}
