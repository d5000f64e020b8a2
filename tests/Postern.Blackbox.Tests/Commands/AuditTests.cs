using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Postern.Blackbox.Tests.Clients;
using Postern.Blackbox.Tests.Schemas;

namespace Postern.Blackbox.Tests.Commands;

/// <summary>What an auditor is handed: sessions summed up, bills of materials, reports, rulings made again.</summary>
public sealed class AuditTests : IDisposable
{
    private const string HostileTool = "<img src=x onerror=alert(1)>";

    private const string Server = """
        import json, sys
        for line in sys.stdin:
            asked = json.loads(line)
            result = {"initialize": {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": {"name": "s", "version": "1"}},
                      "tools/list": {"tools": [{"name": "<img src=x onerror=alert(1)>", "description": "Adds.", "inputSchema": {"type": "object"}}]},
                      "tools/call": {"content": [{"type": "text", "text": "3"}]}}.get(asked.get("method"))
            print(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": result}), flush=True)
        """;

    private readonly PosternProcess _postern = new();

    private string Place => Path.Combine(_postern.Home, "evidence");

    public void Dispose() => _postern.Dispose();

    [NeedsFact("linux python3")]
    public async Task A_session_ends_with_a_manifest_that_names_its_tools_and_only_those_that_were_listed()
    {
        await CallAsync();
        var summary = Manifests().Last().GetProperty("summary");
        var tools = summary.GetProperty("tools").EnumerateObject().ToDictionary(static tool => tool.Name[(tool.Name.IndexOf('/', StringComparison.Ordinal) + 1)..], static tool => tool.Value.GetInt32());
        Assert.Equal(new Dictionary<string, int> { [HostileTool] = 1, ["other"] = 1 }, tools);
        Assert.Equal(64, summary.GetProperty("pinned").EnumerateObject().Single().Value.GetString()!.Length);

        var verified = (await _postern.RunAsync("evidence", "verify", "--json")).Json;
        Assert.Equal((2, 0), (verified.GetProperty("ended_sessions").GetInt32(), verified.GetProperty("unended_sessions").GetInt32()));
        var envelope = (await _postern.RunAsync("evidence", "manifest", "--session", "local")).Json;
        var predicate = JsonDocument.Parse(envelope.GetProperty("payload").GetBytesFromBase64()).RootElement.GetProperty("predicate");
        Assert.Equal(2, predicate.GetProperty("sessions").GetArrayLength());
        Assert.Empty(predicate.GetProperty("without_end").EnumerateArray());
    }

    [NeedsFact("linux curl")]
    public async Task A_session_that_was_killed_has_no_end_and_is_named()
    {
        var port = Ports.Free();
        await using (var running = await _postern.StartAsync("listens on", "run", "--listen", $"127.0.0.1:{port}"))
        {
            using var curl = Process.Start("curl", ["-s", "-o", "/dev/null", "-x", $"http://127.0.0.1:{port}", "http://169.254.169.254/"]);
            await curl.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(Manifests());
        var verified = (await _postern.RunAsync("evidence", "verify", "--json")).Json;
        Assert.Equal("local", verified.GetProperty("unended_actors")[0].GetString()!.Split(' ')[^1]);
        Assert.Contains("without an end: local from ev-", (await _postern.RunAsync("evidence", "stats")).Output, StringComparison.Ordinal);
    }

    [NeedsFact("linux python3 jsonschema")]
    public async Task A_bill_of_materials_is_valid_deterministic_and_without_secrets()
    {
        var script = await CallAsync();
        var project = Directory.CreateDirectory(_postern.At("project")).FullName;
        File.WriteAllText(Path.Combine(project, ".mcp.json"), $$"""
            { // as editors allow
              "mcpServers": {
                "adder": { "command": "postern", "args": ["mcp", "proxy", "--", "python3", "{{script}}"] },
                "idle": { "command": "npx", "args": ["-y", "server", "--key=hunter2"], "env": { "TOKEN": "hunter2" } },
                "remote": { "url": "https://mcp.example.com/mcp?key=hunter2" }
              },
            }
            """);
        File.WriteAllText(Path.Combine(project, "package.json"), """{"dependencies":{"left-pad":"^1.3.0","@a/b":"2.0.0","private":"git+https://u:hunter2@host/x"}}""");
        File.WriteAllText(Path.Combine(project, "requirements.txt"), "requests==2.31.0\n-r hunter2.txt\ngit+https://t:hunter2@h/x\n");
        File.WriteAllText(Path.Combine(project, "uv.lock"), "[[package]]\nname = \"idna\"\nversion = \"3.7\"\n");
        File.WriteAllText(Path.Combine(project, "claude_desktop_config.json"), "{ broken");

        var before = await _postern.RunAsync("abom", project);
        Assert.Equal(0, before.ExitCode);
        Assert.Equal(before.Output, (await _postern.RunAsync("abom", project)).Output);
        Assert.DoesNotContain("hunter2", before.Output, StringComparison.Ordinal);
        Assert.Equal("", await CycloneDxSchema.ValidateAsync(before.Output));
        Assert.NotEqual("", await CycloneDxSchema.ValidateAsync(before.Output.Replace("machine-learning-model", "x", StringComparison.Ordinal).Replace("\"library\"", "\"books\"", StringComparison.Ordinal)));

        var found = before.Json.GetProperty("components").EnumerateArray().ToDictionary(static one => one.GetProperty("name").GetString()!.Split('#')[0], StatusOf);
        Assert.Equal(("active", "dormant", "dormant", "unexpected"), (found["python3"], found["npx"], found["https://mcp.example.com"], found[HostileTool]));
        Assert.Equal(("declared", "declared", "declared"), (found["left-pad"], found["requests"], found["idna"]));
        Assert.Contains("claude_desktop_config.json", before.Json.GetProperty("metadata").GetProperty("properties").GetRawText(), StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(project, "requirements.txt"), "requests==2.32.0\n");
        var (old, current) = (_postern.Write("old.json", before.Output), _postern.Write("new.json", (await _postern.RunAsync("abom", project)).Output));
        Assert.Equal(0, (await _postern.RunAsync("abom", "diff", old, old)).ExitCode);
        var changed = await _postern.RunAsync("abom", "diff", old, current, "--json");
        Assert.Equal((1, 1), (changed.ExitCode, changed.Json.GetArrayLength()));
        Assert.Equal("version package/pypi/requests 2.31.0 2.32.0", string.Join(' ', changed.Json[0].EnumerateObject().Select(static member => member.Value.GetString())));
        Assert.Equal(2, (await _postern.RunAsync("abom", "diff", old, _postern.Write("no.json", "[]"))).ExitCode);
    }

    [NeedsFact("linux curl")]
    public async Task Another_configuration_is_tried_on_what_is_on_record()
    {
        await RefuseAsync();
        var same = await _postern.RunAsync("policy", "replay", "--config", _postern.Write("same.yaml", "mode: balanced\n"), "--json");
        Assert.Equal((0, 0), (same.ExitCode, same.Json.GetProperty("changes").GetArrayLength()));
        Assert.True(same.Json.GetProperty("rulings").GetInt32() > 0);

        var open = await _postern.RunAsync("policy", "replay", "--config", _postern.Write("open.yaml", "enforce: false\n"), "--json");
        Assert.Equal(1, open.ExitCode);
        var change = open.Json.GetProperty("changes")[0];
        Assert.Equal(("destination.metadata-address", "block", "allow", true), (change.GetProperty("rule").GetString(), change.GetProperty("before").GetString(), change.GetProperty("after").GetString(), change.GetProperty("opens").GetBoolean()));
        Assert.Contains("What this cannot say", (await _postern.RunAsync("policy", "replay", "--config", _postern.At("open.yaml"))).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await _postern.RunAsync("policy", "replay", "--config", _postern.Write("wrong.yaml", "mode: soft\n"))).ExitCode);
    }

    [NeedsFact("linux curl python3")]
    public async Task A_report_is_bundled_with_a_signed_list_of_its_files_and_says_when_evidence_does_not_hold()
    {
        await RefuseAsync();
        var folder = _postern.At("audit");
        Assert.Equal(0, (await _postern.RunAsync("report", "--out", folder)).ExitCode);
        var envelope = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "bundle.dsse.json"), TestContext.Current.CancellationToken)).RootElement;
        foreach (var subject in JsonDocument.Parse(envelope.GetProperty("payload").GetBytesFromBase64()).RootElement.GetProperty("subject").EnumerateArray())
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(folder, subject.GetProperty("name").GetString()!), TestContext.Current.CancellationToken);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), subject.GetProperty("digest").GetProperty("sha256").GetString());
        }

        var report = (await _postern.RunAsync("report", "--format", "json")).Json;
        Assert.Equal(("red", true), (report.GetProperty("risk").GetString(), report.GetProperty("verification").GetProperty("sound").GetBoolean()));
        var category = report.GetProperty("categories").EnumerateArray().Single();
        Assert.Equal(("destination", "T1552.005"), (category.GetProperty("name").GetString(), category.GetProperty("techniques")[0].GetString()));
        var sarif = (await _postern.RunAsync("report", "--format", "sarif")).Json.GetProperty("runs")[0];
        Assert.Equal(("destination.metadata-address", "error"), (sarif.GetProperty("results")[0].GetProperty("ruleId").GetString(), sarif.GetProperty("results")[0].GetProperty("level").GetString()));

        var file = Directory.EnumerateFiles(Place, "*.jsonl").Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("deny", "allow", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var tampered = await _postern.RunAsync("report");
        Assert.Equal(3, tampered.ExitCode);
        Assert.Contains("The evidence does not hold", tampered.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await _postern.RunAsync("policy", "replay", "--config", _postern.Write("same.yaml", "mode: balanced\n"))).ExitCode);
        Assert.Equal(3, (await _postern.RunAsync("abom", _postern.Directory)).ExitCode);
    }

    [NeedsFact("linux python3 chromium")]
    public async Task The_page_shows_hostile_names_as_text_in_both_themes_and_runs_nothing()
    {
        await CallAsync();
        var page = _postern.Write("report.html", (await _postern.RunAsync("report")).Output);
        Assert.DoesNotContain("<script", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        await using var browser = await Chromium.OpenAsync("file://" + page, _postern.At("profile"));
        await browser.UntilAsync("document.readyState === 'complete' && document.title === 'Postern report'");
        Assert.Equal(0, (await browser.EvaluateAsync("document.querySelectorAll('img, script, a').length")).GetInt32());
        await browser.UntilAsync($"document.body.innerText.includes({JsonSerializer.Serialize(HostileTool)})");
        var pages = new List<string>();
        foreach (var theme in (string[])["light", "dark"])
        {
            await browser.PreferAsync(theme);
            pages.Add((await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor")).GetString()!);
            Assert.False((await browser.EvaluateAsync("document.documentElement.scrollWidth > innerWidth")).GetBoolean());
        }

        Assert.Equal(["rgb(246, 247, 245)", "rgb(18, 22, 20)"], pages);
        Assert.Empty(browser.Complaints);
    }

    private Task<Outcome> RefuseAsync() => _postern.RunAsync("run", "--", "curl", "-s", "http://169.254.169.254/latest/meta-data/");

    /// <summary>A tool is listed in one run, called in the next, with one that nobody listed. Returns the server's script.</summary>
    private async Task<string> CallAsync()
    {
        var script = _postern.Write("server.py", Server);
        await SpeakAsync(script, """ "method":"tools/list" """);
        await SpeakAsync(script, """ "method":"tools/call","params":{"name":"<img src=x onerror=alert(1)>","arguments":{}} """, """ "method":"tools/call","params":{"name":"AKIAnobodys","arguments":{}} """);
        return script;
    }

    private async Task SpeakAsync(string script, params string[] messages)
    {
        string[] all = [""" "method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}} """, .. messages];
        var outcome = await _postern.RunWithAsync(string.Concat(all.Select(static (message, id) => $"{{\"jsonrpc\":\"2.0\",\"id\":{id},{message.Trim()}}}\n")), "mcp", "proxy", "--", "python3", script);
        Assert.True(outcome.ExitCode == 0, outcome.All);
    }

    private static string StatusOf(JsonElement component) =>
        component.GetProperty("properties").EnumerateArray().Single(static fact => fact.GetProperty("name").GetString() == "postern:status").GetProperty("value").GetString()!;

    private IEnumerable<JsonElement> Manifests() => Directory.EnumerateFiles(Place, "*.jsonl").SelectMany(File.ReadLines)
        .Select(static line => JsonDocument.Parse(line).RootElement).Where(static record => record.GetProperty("kind").GetString() == "manifest");
}
