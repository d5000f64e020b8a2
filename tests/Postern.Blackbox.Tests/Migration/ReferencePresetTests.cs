using System.Text;

namespace Postern.Blackbox.Tests.Migration;

/// <summary>The presets of Pipelock 2.3, by the settings in which they differ and with patterns frozen into them as it does.</summary>
public sealed class ReferencePresetTests : IDisposable
{
    private static readonly string[] s_secrets = ["Anthropic API Key", "GitHub Token", "AWS Access ID", "Private Key Header", "Credit Card Number", "Social Security Number"];
    private static readonly string[] s_injections = ["Prompt Injection", "System Override", "Covert Action Directive"];
    private static readonly string[] s_tools = ["Destructive File Delete", "Reverse Shell", "Package Install"];

    private readonly PosternProcess _postern = new();

    public static TheoryData<string, string, string> Presets => new()
    {
        { "strict", "mode: strict\nenforce: true\napi_allowlist: [api.anthropic.com, api.openai.com]", "500 3.5 3.5 30 block block block all 3.0 0.25 strict" },
        { "balanced", "mode: balanced\nenforce: true", "2048 4.5 4.0 60 warn warn warn sensitive 5.0 0.5 balanced" },
        { "audit", "mode: audit\nenforce: false", "2048 4.5 4.0 0 warn warn warn sensitive 5.0 0.5 permissive" },
        { "claude-code", "mode: balanced\nenforce: true\napi_allowlist: [api.anthropic.com]", "4096 5.0 4.0 120 block block warn sensitive 5.0 0.5 balanced" },
        { "cursor", "mode: balanced\nenforce: true\napi_allowlist: [api2.cursor.sh]", "4096 5.0 4.0 120 block block warn sensitive 5.0 0.5 balanced" },
        { "generic", "mode: balanced\nenforce: true", "4096 5.5 4.0 120 warn warn warn sensitive 5.0 0.5 balanced" },
        { "hostile", "mode: strict\nenforce: true\napi_allowlist: [api.anthropic.com, api.openai.com]\nwebsocket_proxy: { enabled: true, max_message_bytes: 524288, max_concurrent_connections: 16, max_connection_seconds: 1800, idle_timeout_seconds: 120 }", "300 3.0 4.0 15 block block block all 3.0 0.25 strict" },
    };

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task Each_preset_comes_out_right_and_as_strict(string name, string top, string numbers)
    {
        var words = numbers.Split(' ');
        _postern.Write(name + ".yaml", YamlOf(top, words));
        var import = await _postern.RunAsync("config", "import", name + ".yaml", "--strict", "--json", "-o", "postern.yaml");
        Assert.True(import.ExitCode == 0, import.All);
        Assert.DoesNotContain(import.Json.EnumerateArray(), static fate => fate.GetProperty("fate").GetString() == "not-expressible");

        var check = await _postern.RunAsync("config", "check", "postern.yaml");
        Assert.True(check.ExitCode == 0, check.All);
        await HoldsAsync("fetch_proxy.monitoring.max_url_length", words[0]);
        await HoldsAsync("fetch_proxy.monitoring.max_requests_per_minute", words[3] == "0" ? "60" : words[3]);
        await HoldsAsync("response_scanning.action", words[4]);
        await HoldsAsync("mcp_tool_policy.action", words[6] == "warn" ? "by_severity" : words[6]);
        await HoldsAsync("taint.policy", words[10]);

        // What a preset had frozen is found by rules of ours, or by the pattern where ours finds less.
        var text = await File.ReadAllTextAsync(_postern.At("postern.yaml"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("\"GitHub Token\"", text, StringComparison.Ordinal);
        Assert.Contains("Social Security Number", text, StringComparison.Ordinal);
        Assert.Contains("Destructive File Delete", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Reverse Shell\"", text, StringComparison.Ordinal);
    }

    public void Dispose() => _postern.Dispose();

    private async Task HoldsAsync(string key, string value) => Assert.Equal(value, (await _postern.RunAsync("config", "explain", key, "--json")).Json.GetProperty("value").GetString());

    private static string YamlOf(string top, string[] words) => new StringBuilder("version: 1\n").Append(top).Append($$"""

        fetch_proxy: { monitoring: { max_url_length: {{words[0]}}, entropy_threshold: {{words[1]}}, subdomain_entropy_threshold: {{words[2]}}, max_requests_per_minute: {{words[3]}} } }
        forward_proxy: { enabled: true }
        dlp: { include_defaults: false, patterns: [{{string.Join(", ", s_secrets.Select(static name => $"{{ name: {name}, regex: '[0-9]{{3}}-[0-9]{{4}}', severity: high }}"))}}] }
        response_scanning: { enabled: true, action: {{words[4]}}, include_defaults: false, patterns: [{{string.Join(", ", s_injections.Select(static name => $"{{ name: {name}, regex: 'obey the {name[0]}' }}"))}}] }
        request_body_scanning: { enabled: true, action: {{words[5]}}, header_mode: {{words[7]}} }
        mcp_input_scanning: { enabled: true, action: {{words[5]}} }
        mcp_tool_scanning: { enabled: true, action: {{words[5]}}, detect_drift: true }
        mcp_tool_policy: { enabled: true, action: {{words[6]}}, rules: [{{string.Join(", ", s_tools.Select(static name => $"{{ name: {name}, tool_pattern: '^bash$', arg_pattern: 'x y', action: block }}"))}}] }
        tool_chain_detection: { enabled: true, action: {{words[6]}} }
        session_profiling: { enabled: true }
        adaptive_enforcement: { enabled: true, escalation_threshold: {{words[8]}}, decay_per_clean_request: {{words[9]}} }
        airlock: { enabled: false, timers: { soft_minutes: 5, hard_minutes: 15, drain_timeout_seconds: 30 } }
        tls_interception: { enabled: false }
        taint: { policy: {{words[10]}} }
        sentry: { enabled: true, dsn: "https://0@sentry.example.com/1" }

        """).ToString();
}
