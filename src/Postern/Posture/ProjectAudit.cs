using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Engine.Yaml;
using Postern.Engine.Policy;
using Postern.Program.Judging;
using Postern.Program.Scanning;
using Postern.Program.Scanning.Files;

namespace Postern.Program.Posture;

/// <summary>Looks at the files of a project that agents and their hosts read, run or obey.</summary>
/// <param name="root">The project.</param>
/// <param name="policy">What text, secrets and commands are judged by.</param>
internal sealed class ProjectAudit(string root, PolicySnapshot policy)
{
    /// <summary>A longer file is not looked at, and that is a risk of its own.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    /// <summary>Read by a model as what it is to do, or full of what it is not to see.</summary>
    private static readonly string[] s_texts = ["CLAUDE.md", "AGENTS.md", "GEMINI.md", ".cursorrules", ".windsurfrules", ".github/copilot-instructions.md", ".env", ".env.local", ".env.production"];

    private static readonly string[] s_json = [".mcp.json", ".cursor/mcp.json", ".vscode/mcp.json", ".claude/settings.json", ".claude/settings.local.json", ".cursor/hooks.json", ".gemini/settings.json"];

    private static readonly string[] s_compose = ["docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml"];

    /// <summary>Scripts that run because somebody installs.</summary>
    private static readonly string[] s_installing = ["preinstall", "install", "postinstall", "prepare"];

    private static readonly JsonDocumentOptions s_lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 32 };

    private readonly List<ProjectRisk> _risks = [];
    private readonly Offline _offline = new(policy);

    /// <summary>Hosts of the project's remote MCP servers.</summary>
    public SortedSet<string> Hosts { get; } = new(StringComparer.Ordinal);

    /// <summary>The preset that suits its agent.</summary>
    public string Preset => Path.Exists(At("CLAUDE.md")) || Path.Exists(At(".claude")) ? "claude-code" : Path.Exists(At(".cursor")) || Path.Exists(At(".cursorrules")) ? "cursor" : "generic-agent";

    /// <summary>Looks at everything.</summary>
    public async Task<IReadOnlyList<ProjectRisk>> RunAsync(CancellationToken cancel)
    {
        string[] texts = [.. s_texts.Concat(s_json).Concat(s_compose).Where(IsReadable)];
        var scan = await new FileScan(policy, BatchKinds.Dlp | BatchKinds.Injection).RunAsync([.. texts.Select(At)], cancel).ConfigureAwait(false);
        _risks.AddRange(scan.Findings.Where(static finding => finding.IsObjection).Select(finding => new ProjectRisk(
            finding.Finding.Rule.Id, "high", $"{Path.GetRelativePath(root, finding.Path)}:{finding.Line}", finding.Finding.Rule.Title)));
        foreach (var file in s_json.Where(texts.Contains))
        {
            await ReadAsync(file, JudgeHostAsync, cancel).ConfigureAwait(false);
        }

        if (IsReadable("package.json"))
        {
            await ReadAsync("package.json", JudgePackageAsync, cancel).ConfigureAwait(false);
        }

        foreach (var file in s_compose.Where(texts.Contains))
        {
            JudgeCompose(file, YamlReader.Read(await File.ReadAllTextAsync(At(file), cancel).ConfigureAwait(false)));
        }

        return _risks;
    }

    private string At(string file) => Path.Combine(root, file);

    private bool IsReadable(string file)
    {
        var found = new FileInfo(At(file));
        if (!found.Exists)
        {
            return false;
        }

        if (found.LinkTarget is null && found.Length <= MaxFileBytes)
        {
            return true;
        }

        _risks.Add(new ProjectRisk("project.unread", "high", file, found.LinkTarget is null ? "too long to be looked at" : "a link out of sight"));
        return false;
    }

    private async Task ReadAsync(string file, Func<string, JsonObject, CancellationToken, Task> judge, CancellationToken cancel)
    {
        try
        {
            if (JsonNode.Parse(await File.ReadAllTextAsync(At(file), cancel).ConfigureAwait(false), documentOptions: s_lenient) is JsonObject members)
            {
                await judge(file, members, cancel).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            _risks.Add(new ProjectRisk("project.unread", "high", file, "no JSON that can be read"));
        }
    }

    private async Task JudgeHostAsync(string file, JsonObject members, CancellationToken cancel)
    {
        foreach (var (name, server) in (members["mcpServers"] ?? members["servers"]) as JsonObject ?? [])
        {
            JudgeServer($"{file} {Terminal.Plain(name)}", server as JsonObject ?? []);
        }

        foreach (var command in Commands(members["hooks"]))
        {
            await JudgeCommandAsync("project.hook", $"{file} hooks", command, cancel).ConfigureAwait(false);
        }
    }

    private void JudgeServer(string where, JsonObject server)
    {
        if (Uri.TryCreate(Text(server["url"]), UriKind.Absolute, out var url))
        {
            Hosts.Add(url.IdnHost);
            _risks.Add(new ProjectRisk("project.mcp-unguarded", "medium", where, $"reached directly; put 'postern mcp proxy --upstream {url.GetLeftPart(UriPartial.Path)}' in its place"));
            return;
        }

        var words = ((server["args"] as JsonArray) ?? []).Select(Text).Prepend(Text(server["command"])).ToArray();
        if (!(Path.GetFileNameWithoutExtension(words[0]) == "postern" && words is [_, "mcp", "proxy", ..]))
        {
            _risks.Add(new ProjectRisk("project.mcp-unguarded", "medium", where, "started directly; put 'postern mcp proxy --' before its command"));
        }

        if (words.Contains("-y") && !words.Any(static word => word.LastIndexOf('@') > 0))
        {
            _risks.Add(new ProjectRisk("project.mcp-unpinned", "medium", where, "installs whatever version is newest, without asking"));
        }
    }

    private async Task JudgePackageAsync(string file, JsonObject members, CancellationToken cancel)
    {
        foreach (var name in s_installing)
        {
            if (members["scripts"]?[name] is { } script)
            {
                await JudgeCommandAsync("project.install-script", $"{file} scripts.{name}", Text(script), cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task JudgeCommandAsync(string id, string where, string command, CancellationToken cancel)
    {
        var arguments = new JsonObject { ["command"] = command }.ToJsonString();
        var verdict = await _offline.JudgeAsync(Probe.OfTool("bash"u8, Encoding.UTF8.GetBytes(arguments)), cancel).ConfigureAwait(false);
        if (verdict is { IsObjection: true, Decisive: { } decisive })
        {
            _risks.Add(new ProjectRisk(id, "high", where, $"{decisive.Rule.Title} ({decisive.Rule.Id})"));
        }
    }

    private void JudgeCompose(string file, YamlDocument document)
    {
        foreach (var service in document.Root?.Find("services")?.Entries ?? [])
        {
            var where = $"{file} services.{Terminal.Plain(service.Key.Text)}";
            if (service.Value.TextOf("privileged") == "true" || service.Value.TextOf("network_mode") == "host")
            {
                _risks.Add(new ProjectRisk("project.container-rights", "high", where, "has the host's rights or its network"));
            }

            if (service.Value.ItemsOf("volumes").Any(static volume => volume.Text.Contains("docker.sock", StringComparison.Ordinal)))
            {
                _risks.Add(new ProjectRisk("project.container-rights", "high", where, "can start containers with the host's rights"));
            }
        }
    }

    private static IEnumerable<string> Commands(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(static member => member is { Key: "command", Value: JsonValue } ? [Text(member.Value)] : Commands(member.Value)),
        JsonArray items => items.SelectMany(Commands),
        _ => [],
    };

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
