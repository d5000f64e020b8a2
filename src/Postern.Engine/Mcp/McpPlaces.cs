namespace Postern.Engine.Mcp;

/// <summary>Names places in an MCP message the way its peers speak of them: <c>mcp.tool</c>, <c>args$.path</c>, <c>result$.content[0].text</c>.</summary>
internal static class McpPlaces
{
    /// <summary>The longest beginnings first.</summary>
    private static readonly (string Path, string Place)[] s_places =
    [
        ("$.params.arguments", "args$"),
        ("$.error.message", "error.message"),
        ("$.method", "mcp.method"),
        ("$.params", "params$"),
        ("$.result", "result$"),
        ("$.error", "error$"),
        ("$.id", "mcp.id"),
    ];

    /// <summary>The place of <paramref name="path"/>, a path from the message's root.</summary>
    public static string Of(string path, in McpFacts facts)
    {
        if (path == "$.params.name" && !facts.Tool.IsEmpty)
        {
            return "mcp.tool";
        }

        if (facts.Shape == RpcShape.Call)
        {
            return "args" + path;
        }

        foreach (var (beginning, place) in s_places)
        {
            if (path.StartsWith(beginning, StringComparison.Ordinal) && (path.Length == beginning.Length || path[beginning.Length] is '.' or '[' or ' '))
            {
                return string.Concat(place, path.AsSpan(beginning.Length));
            }
        }

        return "mcp" + path;
    }
}
