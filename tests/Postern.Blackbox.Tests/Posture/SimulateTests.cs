using System.Text.Json;

namespace Postern.Blackbox.Tests.Posture;

public sealed class SimulateTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    [Fact]
    public async Task Every_attack_has_an_id_of_its_own_and_a_harmless_twin()
    {
        var scenarios = (await _postern.RunAsync("simulate", "--json")).Json.GetProperty("scenarios").EnumerateArray().ToList();
        var ids = scenarios.Select(IdOf).ToList();
        var attacks = scenarios.Where(static scenario => !scenario.GetProperty("benign").GetBoolean()).Select(IdOf).ToList();

        Assert.True(attacks.Count >= 60, $"{attacks.Count} attacks");
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(attacks.Select(static id => id + ".benign").Order(StringComparer.Ordinal), ids.Except(attacks).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_miss_is_exit_code_1_and_says_what_would_help()
    {
        var config = _postern.Write("warn.yaml", "request_body_scanning:\n  action: warn\n");
        var outcome = await _postern.RunAsync("simulate", "--config", config, "--category", "dlp", "--json");
        var missed = outcome.Json.GetProperty("scenarios").EnumerateArray().Single(static scenario => IdOf(scenario) == "dlp.header");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("observed", missed.GetProperty("outcome").GetString());
        Assert.Contains("secret.huggingface.token", missed.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal("request_body_scanning.action: block", missed.GetProperty("fix").GetString());
    }

    [Fact]
    public async Task Nothing_missed_is_exit_code_0()
    {
        var outcome = await _postern.RunAsync("simulate", "--category", "dlp");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("0 of 9 harmless twins stopped", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_canary_of_the_configuration_is_tried_and_never_shown()
    {
        const string Value = "kx8-Planted-4417-where-nobody-looks";
        var config = _postern.Write("canary.yaml", $"canary_tokens:\n  enabled: true\n  tokens:\n    - {{ name: vault, value: {Value} }}\n    - {{ name: wiki, value: other-{Value} }}\n");
        var outcome = await _postern.RunAsync("simulate", "--config", config, "--category", "canary", "--json");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(12, outcome.Json.GetProperty("caught").GetInt32());
        Assert.Contains(outcome.Json.GetProperty("scenarios").EnumerateArray(), static scenario => IdOf(scenario) == "canary.wiki.base64");
        Assert.DoesNotContain(Value, outcome.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_leaves_nothing_in_the_home()
    {
        await _postern.RunAsync("simulate", "--category", "dlp");
        Assert.False(Directory.Exists(_postern.Home));
    }

    public void Dispose() => _postern.Dispose();

    private static string IdOf(JsonElement scenario) => scenario.GetProperty("id").GetString()!;
}
