using System.Text.Json;

namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>Names of parameters that say what a tool is after: a word for handing over and a word for what must not be handed over.</summary>
internal static class ParameterNames
{
    private static readonly HashSet<string> s_actions = new(StringComparer.Ordinal)
    {
        "send", "upload", "exfil", "exfiltrate", "leak", "forward", "steal", "dump", "copy", "collect", "capture", "full", "entire", "all", "complete", "raw",
    };

    private static readonly HashSet<string> s_goods = new(StringComparer.Ordinal)
    {
        "secret", "secrets", "password", "passwords", "credential", "credentials", "conversation", "history", "prompt", "prompts", "env", "environment", "ssh", "cookies", "wallet", "keys", "tokens", "chat", "context",
    };

    /// <summary>The names, outermost parameters only.</summary>
    public static IEnumerable<string> Greedy(JsonElement tool) =>
        tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty("inputSchema"u8, out var schema) && schema.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("properties"u8, out var properties) && properties.ValueKind == JsonValueKind.Object
            ? [.. properties.EnumerateObject().Select(static property => property.Name).Where(IsGreedy)]
            : [];

    private static bool IsGreedy(string name)
    {
        var words = ToolWords.Split(name).ToArray();
        return Array.Exists(words, s_actions.Contains) && Array.Exists(words, s_goods.Contains);
    }
}
