using System.Text.Json;
using System.Text.RegularExpressions;

namespace Postern.Blackbox.Tests.Migration;

public sealed partial class ImportTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    [Fact]
    public async Task Every_key_is_accounted_for_and_what_comes_out_is_right()
    {
        // JSON is YAML.
        var every = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Migration", "every-key.json"), TestContext.Current.CancellationToken);
        _postern.Write("pipelock.yaml", every);
        var fates = (await ImportAsync("pipelock.yaml", "--strict", "--json")).Json.EnumerateArray().ToList();
        var told = fates.Select(Key).ToHashSet();

        bool IsTold(string leaf) => told.Any(key => leaf == key || (leaf.StartsWith(key, StringComparison.Ordinal) && leaf[key.Length] is '.' or '['));
        Assert.DoesNotContain(Leaves(JsonDocument.Parse(every).RootElement, ""), leaf => !IsTold(leaf));
        Assert.DoesNotContain(fates, static fate => Fate(fate) == "unknown");

        await ImportAsync("pipelock.yaml", "-o", "postern.yaml");
        _postern.Write("secrets.txt", "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_postern.At("secrets.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var check = await _postern.RunAsync("config", "check", "postern.yaml");
        Assert.Equal((0, ""), (check.ExitCode, check.Errors));
    }

    [Theory]
    [InlineData("kill_switch: { api_listen: 127.0.0.1:9099 }", "kill_switch.api_listen", "renamed changed", "control.listen", "\"127.0.0.1:9099\"")]
    [InlineData("response_scanning: { ask_timeout_seconds: 45 }", "response_scanning.ask_timeout_seconds", "renamed changed", "approvals.timeout_seconds", "45")]
    [InlineData("mcp_tool_policy: { enabled: true, action: warn }", "mcp_tool_policy.action", "renamed changed", "mcp_tool_policy.action", "by_severity")]
    [InlineData("fetch_proxy: { monitoring: { max_requests_per_minute: 0 } }", "fetch_proxy.monitoring.max_requests_per_minute", "renamed changed", "fetch_proxy.monitoring.max_requests_per_minute", "60")]
    [InlineData("adaptive_enforcement: { levels: { high: { upgrade_warn: block }, elevated: { upgrade_warn: \"\" } } }", "adaptive_enforcement.levels.high.upgrade_warn", "renamed changed", "adaptive_enforcement.upgrade_warn", "high")]
    [InlineData("redaction: { enabled: true }\nrequest_body_scanning: { action: warn }", "redaction.enabled", "renamed changed", "request_body_scanning.action", "redact")]
    [InlineData("request_body_scanning: { action: warn }\nredaction: { enabled: true }", "redaction.enabled", "renamed changed", "request_body_scanning.action", "redact")]
    [InlineData("media_policy: { allowed_image_types: [image/png] }", "media_policy.allowed_image_types", "renamed changed", "media_policy.allowed_image_types", "[\"png\"]")]
    [InlineData("websocket_proxy: { max_message_bytes: 4096 }", "websocket_proxy.max_message_bytes", "kept", "websocket_proxy.max_message_bytes", "4096")]
    [InlineData("mode: balanced", "websocket_proxy.enabled", "default-written", "websocket_proxy.enabled", "false")]
    [InlineData("mode: balanced", "forward_proxy.max_tunnel_seconds", "default-written", "forward_proxy.max_tunnel_seconds", "300")]
    [InlineData("mode: balanced", "response_scanning.action", "stricter-default", "response_scanning.action", "by_severity")]
    public async Task A_key_has_here_the_value_that_means_the_same_or_more(string yaml, string key, string fate, string to, string value)
    {
        _postern.Write("pipelock.yaml", yaml + "\n");
        var said = Find((await ImportAsync("pipelock.yaml", "--json", "-o", "postern.yaml")).Json, key);

        Assert.Contains(Fate(said), fate.Split(' '));
        Assert.Equal(to, said.GetProperty("to").GetString());
        Assert.Equal(value, (await _postern.RunAsync("config", "explain", to, "--json")).Json.GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("file_sentry: { enabled: true, watch_paths: [.] }", "file_sentry", "not-expressible")]
    [InlineData("file_sentry: { enabled: false }", "file_sentry", "not-needed")]
    [InlineData("reverse_proxy: { listen: 127.0.0.1:8890, upstream: 'http://127.0.0.1:1' }", "reverse_proxy.listen", "not-needed")]
    [InlineData("dlp: { patterns: [{ name: Ahead, regex: 'a(?=b)' }] }", "dlp.patterns[0].regex", "not-expressible")]
    [InlineData("dlp: { patterns: [{ name: GitHub Token, regex: 'ghp_x' }] }", "dlp.patterns[0]", "not-needed")]
    [InlineData("dlp: { patterns: [{ name: Credit Card Number, regex: '[0-9]{16}' }] }", "dlp.patterns[0].regex", "kept")]
    [InlineData("suppress: [{ rule: Nobody knows, path: a.example }]", "suppress[0].rule", "not-expressible")]
    [InlineData("emit: { webhook: { url: 'https://hooks.example/' } }", "emit.webhook.url", "not-expressible")]
    [InlineData("fetch_proxy: { monitoring: { blokclist: [a.example] } }", "fetch_proxy.monitoring.blokclist", "unknown")]
    [InlineData("agents: { one: { mood: bad } }", "agents.one.mood", "unknown")]
    public async Task What_cannot_be_written_is_named(string yaml, string key, string fate)
    {
        _postern.Write("pipelock.yaml", yaml + "\n");
        var said = Find((await ImportAsync("pipelock.yaml", "--json")).Json, key);
        Assert.Equal(fate, Fate(said));
        var text = await ImportAsync("pipelock.yaml");
        Assert.Equal(fate != "kept", text.Output.Contains($"# * {key} (line 1): ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_whose_program_is_not_here_refuses()
    {
        _postern.Write("pipelock.yaml", "mcp_tool_policy:\n  enabled: true\n  rules: [{ name: Aside, tool_pattern: put, arg_pattern: x, action: redirect, redirect_profile: q }]\n  redirect_profiles: { q: { exec: [pipelock, internal-redirect, quarantine-write] } }\n");
        await ImportAsync("pipelock.yaml", "-o", "postern.yaml");
        var verdict = await _postern.RunAsync("check", "--tool", "file_put", "--args", """{"a":"xyz"}""", "--config", "postern.yaml");
        Assert.Equal(1, verdict.ExitCode);
        Assert.StartsWith("block", verdict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strict_writes_nothing_when_a_key_is_unknown()
    {
        _postern.Write("pipelock.yaml", "mode: balanced\nmoode: x\n");
        var outcome = await _postern.RunAsync("config", "import", "pipelock.yaml", "--strict", "-o", "postern.yaml");
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("pipelock.yaml:2: moode", outcome.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_postern.At("postern.yaml")));
    }

    [Fact]
    public async Task Only_the_owner_reads_the_file_and_the_list_holds_no_secret()
    {
        _postern.Write("pipelock.yaml", "kill_switch: { api_token: the-token-of-the-operator }\ncanary_tokens: { enabled: true, tokens: [{ name: one, value: the-planted-value }] }\nemit: { otlp: { headers: { key: the-header-value } } }\nscan_api: { auth: { bearer_tokens: [{ a: the-odd-token }] } }\n");
        var outcome = await ImportAsync("pipelock.yaml", "--json", "-o", "postern.yaml");
        Assert.DoesNotContain("the-", outcome.All.Replace("default", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("the-token-of-the-operator", await File.ReadAllTextAsync(_postern.At("postern.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_postern.At("postern.yaml")));
        }
    }

    [Fact]
    public async Task Every_rule_that_stands_for_a_built_in_pattern_exists()
    {
        var table = await File.ReadAllTextAsync(Path.Combine(PosternProcess.Root, "src", "Postern", "Migration", "reference-keys.yaml"), TestContext.Current.CancellationToken);
        var rules = (await _postern.RunAsync("rules", "list", "--json")).Json.EnumerateArray().Select(static rule => rule.GetProperty("id").GetString()!).ToHashSet();
        var named = RuleId().Matches(table).Select(static match => match.Value).ToHashSet();
        Assert.True(named.Count > 60);
        Assert.Empty(named.Except(rules));
    }

    public void Dispose() => _postern.Dispose();

    private async Task<Outcome> ImportAsync(params string[] args)
    {
        var outcome = await _postern.RunAsync(["config", "import", .. args]);
        Assert.True(outcome.ExitCode == 0, outcome.All);
        return outcome;
    }

    private static JsonElement Find(JsonElement fates, string key) => fates.EnumerateArray().Single(fate => Key(fate) == key);

    private static string Key(JsonElement fate) => fate.GetProperty("key").GetString()!;

    private static string Fate(JsonElement fate) => fate.GetProperty("fate").GetString()!;

    private static IEnumerable<string> Leaves(JsonElement at, string path) => at.ValueKind switch
    {
        JsonValueKind.Object => at.EnumerateObject().SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        JsonValueKind.Array when at[0].ValueKind == JsonValueKind.Object => at.EnumerateArray().SelectMany((item, index) => Leaves(item, $"{path}[{index}]")),
        _ => [path],
    };

    [GeneratedRegex(@"(?<=: )(secret|injection|tool)\.[a-z0-9.-]+")]
    private static partial Regex RuleId();
}
