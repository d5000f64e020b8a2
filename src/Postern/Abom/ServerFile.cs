using System.Text.Json;
using Postern.Program.Commands;

namespace Postern.Program.Abom;

/// <summary>
/// A file in which an agent's host names MCP servers. Arguments, variables and headers may hold keys and are not taken over: a server is
/// called as records call it.
/// </summary>
internal sealed class ServerFile(BillOfMaterials bom)
{
    private static readonly string[] s_sections = ["mcpServers", "servers"];
    private static readonly JsonDocumentOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file; one without servers declares none.</summary>
    public void Read(string text, string shown)
    {
        using var document = JsonDocument.Parse(text, s_options);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var section in s_sections)
        {
            if (document.RootElement.TryGetProperty(section, out var servers) && servers.ValueKind == JsonValueKind.Object)
            {
                foreach (var server in servers.EnumerateObject().Where(static server => server.Value.ValueKind == JsonValueKind.Object))
                {
                    Read(server.Name, server.Value, shown);
                }
            }
        }
    }

    private void Read(string alias, JsonElement server, string shown)
    {
        var (choice, isMediated) = ChoiceOf(server);
        var entry = bom.Of(BomKind.Server, choice is null ? Terminal.Plain(alias) : choice.Name);
        entry.Declared.Add(shown);
        entry.Facts["alias"] = Terminal.Plain(alias);
        entry.Facts["transport"] = choice?.Upstream is { } url ? url.Scheme : "stdio";
        entry.Facts["behind-postern"] = isMediated ? "true" : "false";
    }

    /// <summary>The server itself, taken out of <c>postern mcp proxy</c> around it.</summary>
    private static (McpServerChoice? Choice, bool IsMediated) ChoiceOf(JsonElement server)
    {
        if (TextOf(server, "url") is { } url)
        {
            return (UpstreamOf(url), false);
        }

        if (TextOf(server, "command") is not { } command)
        {
            return (null, false);
        }

        string[] words = [command, .. server.TryGetProperty("args", out var args) && args.ValueKind == JsonValueKind.Array
            ? args.EnumerateArray().Where(static word => word.ValueKind == JsonValueKind.String).Select(static word => word.GetString()!) : []];
        if (Path.GetFileNameWithoutExtension(command) != "postern")
        {
            return (new McpServerChoice { Command = words }, false);
        }

        var (dashes, upstream) = (Array.IndexOf(words, "--"), Array.IndexOf(words, "--upstream"));
        return (dashes > 0 && dashes < words.Length - 1 ? new McpServerChoice { Command = words[(dashes + 1)..] }
            : upstream > 0 && upstream < words.Length - 1 ? UpstreamOf(words[upstream + 1]) : null, true);
    }

    private static McpServerChoice? UpstreamOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Host.Length > 0 ? new McpServerChoice { Command = [], Upstream = parsed } : null;

    private static string? TextOf(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
