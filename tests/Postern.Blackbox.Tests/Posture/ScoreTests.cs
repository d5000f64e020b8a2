using System.Text.Json;

namespace Postern.Blackbox.Tests.Posture;

/// <summary>The score is for what is stopped, whatever the settings say.</summary>
public sealed class ScoreTests : IDisposable
{
    /// <summary>What is measured against: everything that a detector needs is on.</summary>
    private static readonly Dictionary<string, string> s_sections = new()
    {
        ["tls_interception"] = "enabled: true",
        ["cross_request_detection"] = "enabled: true",
        ["canary_tokens"] = "enabled: true, tokens: [{ name: vault, value: planted-4417-where-nobody-looks }]",
    };

    private static Task<JsonElement>? s_everything;
    private readonly PosternProcess _postern = new();

    /// <summary>Categories, and how their detectors are made to do nothing.</summary>
    public static TheoryData<string, string, string> Silenced => new()
    {
        { "dlp encoding websocket", "request_body_scanning", "action: warn" },
        { "injection language", "response_scanning", "action: warn" },
        { "ssrf", "ssrf", "ip_allowlist: [10.0.0.0/8, 127.0.0.0/8, 192.168.0.0/16]" },
        { "destination", "fetch_proxy", "monitoring: { blocklist: [], entropy_threshold: 0, subdomain_entropy_threshold: 0 }" },
        { "tls", "tls_interception", "enabled: false" },
        { "poisoning rug-pull", "mcp_tool_scanning", "enabled: false" },
        { "tool-policy", "mcp_tool_policy", "enabled: false" },
        { "chain", "tool_chain_detection", "enabled: false" },
        { "session", "cross_request_detection", "enabled: false" },
        { "media", "media_policy", "enabled: false" },
        { "canary", "canary_tokens", "enabled: false" },
    };

    [Theory]
    [MemberData(nameof(Silenced))]
    public async Task A_detector_that_does_nothing_costs_points(string categories, string section, string silence)
    {
        var everything = await (s_everything ??= ScoreAsync(ConfigOf(s_sections)));
        var silenced = await ScoreAsync(ConfigOf(new Dictionary<string, string>(s_sections) { [section] = silence }));

        Assert.All(categories.Split(' '), category => Assert.True(PointsOf(silenced, category) < PointsOf(everything, category), category));
        Assert.True(silenced.GetProperty("points").GetInt32() < everything.GetProperty("points").GetInt32());
    }

    [Fact]
    public async Task To_stop_everything_is_worth_nothing()
    {
        var score = await ScoreAsync("mode: strict\napi_allowlist: [192.0.2.1]\ntls_interception:\n  enabled: true\n");

        Assert.True(score.GetProperty("score").GetInt32() < 60);
        Assert.Equal(0, PointsOf(score, "dlp"));
        Assert.Contains(score.GetProperty("caps").EnumerateArray(), static cap => cap.GetProperty("reason").GetString()!.Contains("harmless", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_weights_make_100_in_at_least_twelve_categories()
    {
        var categories = (await (s_everything ??= ScoreAsync(ConfigOf(s_sections)))).GetProperty("categories").EnumerateArray().ToList();
        Assert.True(categories.Count >= 12);
        Assert.Equal(100, categories.Sum(static category => category.GetProperty("max").GetInt32()));
    }

    [Theory]
    [InlineData("100", 1)]
    [InlineData("101", 2)]
    public async Task The_gate_is_an_exit_code(string gate, int code) =>
        Assert.Equal(code, (await _postern.RunAsync("audit", "score", "--ci-gate", gate)).ExitCode);

    [Fact]
    public async Task Unread_TLS_bounds_the_score()
    {
        var outcome = await _postern.RunAsync("audit", "score", "--json", "--ci-gate", "69");
        var score = outcome.Json;
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(("D", 69), (score.GetProperty("grade").GetString(), score.GetProperty("score").GetInt32()));
    }

    public void Dispose() => _postern.Dispose();

    private static string ConfigOf(Dictionary<string, string> sections) => string.Join('\n', sections.Select(static section => $"{section.Key}: {{ {section.Value} }}"));

    private static double PointsOf(JsonElement score, string category) => score.GetProperty("categories").EnumerateArray()
        .Single(one => one.GetProperty("name").GetString() == category).GetProperty("points").GetDouble();

    private static async Task<JsonElement> ScoreAsync(string config)
    {
        using var postern = new PosternProcess();
        var outcome = await postern.RunAsync("audit", "score", "--json", "--config", postern.Write("measured.yaml", config));
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        return outcome.Json;
    }
}
