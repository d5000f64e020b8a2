namespace Postern.Blackbox.Tests.Commands;

public sealed class RulesTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    [Fact]
    public async Task Shows_where_a_rule_is_accepted_until_when_and_why()
    {
        _postern.Write("postern.yaml", "suppress: [{ rule: secret.npm.*, path: body$.memo, destination: a.test, expires: 2999-01-31, reason: a fixture }]");

        var shown = await _postern.RunAsync("rules", "show", "secret.npm.access-token");

        Assert.Contains("body$.memo to or from a.test until 2999-01-31: a fixture", shown.Output, StringComparison.Ordinal);
        Assert.Equal(shown.Output, (await _postern.RunAsync("explain", "secret.npm.access-token")).Output);
        var touched = (await _postern.RunAsync("rules", "list")).Output.Split('\n').Where(static line => line.EndsWith("(1 suppression)", StringComparison.Ordinal));
        Assert.NotEmpty(touched);
        Assert.All(touched, static line => Assert.StartsWith("secret.npm.", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("secret.aws.access-key-id", "secret")]
    [InlineData("injection.override.instructions", "injection")]
    [InlineData("destination.metadata-address", "destination")]
    [InlineData("uninspectable.too-deep", "uninspectable")]
    [InlineData("protocol.authority-mismatch", "protocol")]
    [InlineData("operation.halted", "operation")]
    [InlineData("destination.rate", "budget")]
    public async Task Every_kind_of_rule_is_known_by_its_id(string id, string category)
    {
        var shown = await _postern.RunAsync("rules", "show", id, "--json");
        Assert.Equal((0, category), (shown.ExitCode, shown.Json.GetProperty("category").GetString()));
        var text = await _postern.RunAsync("rules", "show", id);
        Assert.Equal(text.Output, (await _postern.RunAsync("explain", id)).Output);
        Assert.Contains(shown.Json.GetProperty("remedy").GetString()!, text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_sorted_and_says_the_same_for_people_and_scripts()
    {
        var ids = (await _postern.RunAsync("rules", "list", "--json")).Json.EnumerateArray().Select(static rule => rule.GetProperty("id").GetString()!).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal).Distinct(), ids);
        Assert.True(ids.Count > 300);
        var lines = (await _postern.RunAsync("rules", "list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ids, lines.Select(static line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task A_category_narrows_the_list()
    {
        var rules = (await _postern.RunAsync("rules", "list", "--category", "budget", "--json")).Json.EnumerateArray();
        Assert.All(rules, static rule => Assert.Equal("budget", rule.GetProperty("category").GetString()));
    }

    [Theory]
    [InlineData("test")]
    [InlineData("lint")]
    public async Task A_good_file_passes(string command)
    {
        var file = _postern.Write("acme.yaml", AcmeRules.Text);
        Assert.Equal(0, (await _postern.RunAsync("rules", command, file)).ExitCode);
        Assert.True((await _postern.RunAsync("rules", command, file, "--json")).Json.GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("'_Zk81mQx7Lw0PbN4vTr9c'", "'_short'", "does not match its example")]
    [InlineData("'_short'", "'_Zk81mQx7Lw0PbN4vTr9c'", "counter-example")]
    [InlineData("severity: high", "severity: terrible", "severity")]
    public async Task A_file_that_does_not_prove_itself_is_refused_with_line_and_column(string from, string to, string why)
    {
        var file = _postern.Write("acme.yaml", AcmeRules.Text.Replace(from, to, StringComparison.Ordinal));
        var outcome = await _postern.RunAsync("rules", "test", file);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(why, outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"acme\.yaml\(\d+,\d+\)", outcome.Output);
        Assert.False((await _postern.RunAsync("rules", "test", file, "--json")).Json.GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("id: acme.deploy-token", "id: secret.aws.access-key-id", "a built-in rule has this id")]
    [InlineData("confidence: high", "confidence: low", "never refuses by itself")]
    [InlineData("remedy: Revoke it.", "remedy: Revoke it", "full stop")]
    [InlineData("severity: high", "severity: high\n    core: true", "core is for built-in rules")]
    public async Task Lint_says_more_than_test(string from, string to, string why)
    {
        var file = _postern.Write("acme.yaml", AcmeRules.Text.Replace(from, to, StringComparison.Ordinal));
        Assert.Equal(0, (await _postern.RunAsync("rules", "test", file)).ExitCode);
        var outcome = await _postern.RunAsync("rules", "lint", file);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(why, outcome.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _postern.Dispose();
}
