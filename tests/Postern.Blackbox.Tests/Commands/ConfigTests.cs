namespace Postern.Blackbox.Tests.Commands;

public sealed class ConfigTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    [Theory]
    [InlineData("balanced")]
    [InlineData("strict")]
    [InlineData("audit")]
    [InlineData("claude-code")]
    [InlineData("cursor")]
    [InlineData("generic-agent")]
    [InlineData("hostile-model")]
    public async Task What_is_generated_is_right(string preset)
    {
        var generated = await _postern.RunAsync("config", "generate", "--preset", preset, "-o", _postern.At("made.yaml"));
        Assert.Equal((0, ""), (generated.ExitCode, generated.Output));
        var printed = await _postern.RunAsync("config", "generate", "--preset", preset);
        Assert.Equal(File.ReadAllText(_postern.At("made.yaml")), printed.Output);
        var check = await _postern.RunAsync("config", "check", "made.yaml", "--json");
        Assert.Equal(0, check.ExitCode);
        Assert.True(check.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(64, check.Json.GetProperty("hash").GetString()!.Length);
    }

    [Fact]
    public async Task A_file_that_exists_is_not_overwritten()
    {
        _postern.Write("mine.yaml", "mode: strict");
        Assert.Equal(2, (await _postern.RunAsync("config", "generate", "-o", "mine.yaml")).ExitCode);
        Assert.Equal("mode: strict", File.ReadAllText(_postern.At("mine.yaml")));
    }

    [Theory]
    [InlineData("mode: wild\n", "1:7: mode")]
    [InlineData("mode: audit\nenforcing: true\n", "did you mean 'enforce'?")]
    [InlineData("mode: audit\nmode: strict\n", "2:")]
    [InlineData("mode: [\n", "wrong.yaml:")]
    [InlineData("suppress: [{ rule: secret.npm.*, path: a.test, expires: 2024-01-31 }]\n", "'secret.npm.*' at 'a.test' was accepted until 2024-01-31 and counts again")]
    [InlineData("redaction: { enabled: true }\nrequest_body_scanning: { action: warn }\n", "needs request_body_scanning.enabled")]
    public async Task A_wrong_file_is_exit_code_2_with_every_error_in_its_place(string yaml, string error)
    {
        _postern.Write("wrong.yaml", yaml);
        var text = await _postern.RunAsync("config", "check", "wrong.yaml");
        Assert.Equal(2, text.ExitCode);
        Assert.Contains(error, text.Output, StringComparison.Ordinal);
        var json = await _postern.RunAsync("config", "check", "wrong.yaml", "--json");
        Assert.Equal(2, json.ExitCode);
        Assert.False(json.Json.GetProperty("ok").GetBoolean());
        Assert.Contains(json.Json.GetProperty("errors").EnumerateArray(), entry => entry.GetString()!.Contains(error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_file_the_defaults_are_checked() =>
        Assert.Contains("The defaults", (await _postern.RunAsync("config", "check")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Explaining_a_key_says_the_value_in_force()
    {
        _postern.Write("postern.yaml", "mode: audit\n");
        var outcome = await _postern.RunAsync("config", "explain", "mode", "--json");
        Assert.Equal(("audit", "balanced"), (outcome.Json.GetProperty("value").GetString(), outcome.Json.GetProperty("default").GetString()));
        Assert.EndsWith("postern.yaml:1", outcome.Json.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.Contains("balanced", (await _postern.RunAsync("config", "explain", "mode")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mode: balanced\n", "{}\n", 0, null)]
    [InlineData("mode: strict\napi_allowlist: [a.example]\n", "mode: balanced\napi_allowlist: [a.example]\n", 1, "weakens")]
    [InlineData("enforce: false\n", "enforce: true\n", 0, "strengthens")]
    public async Task A_difference_says_what_it_does_to_protection(string before, string after, int code, string? effect)
    {
        var outcome = await _postern.RunAsync("config", "diff", _postern.Write("a.yaml", before), _postern.Write("b.yaml", after), "--json");
        Assert.Equal(code, outcome.ExitCode);
        Assert.Equal(effect is null ? [] : [effect], outcome.Json.EnumerateArray().Select(static change => change.GetProperty("effect").GetString()));
    }

    public void Dispose() => _postern.Dispose();
}
