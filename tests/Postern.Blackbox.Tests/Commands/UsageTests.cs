namespace Postern.Blackbox.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    public static TheoryData<string> Leaves =>
    [
        "run", "sandbox", "init", "integrate", "hook claude", "hook cursor", "integrity init", "integrity check", "check", "scan", "git scan-diff", "git install-hook", "config generate", "config check", "config explain", "config diff", "evidence verify", "evidence show",
        "rules list", "rules show", "rules test", "rules lint", "explain", "tls init", "tls show-ca", "tls install-ca", "keygen", "doctor", "healthcheck", "verify-install", "version",
        "simulate", "bench", "config import", "audit", "audit score", "assess init", "assess run", "assess finalize", "assess verify", "assess coverage", "abom", "abom diff", "report", "policy replay",
        "evidence manifest", "evidence prove", "evidence checkpoint", "evidence stats", "evidence export", "rules pack", "rules install", "mcp proxy", "mcp scan", "kill on", "approvals list", "canary",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("help")]
    public async Task The_page_lists_every_command(string arguments)
    {
        var outcome = await _postern.RunAsync(Split(arguments));
        Assert.Equal(0, outcome.ExitCode);
        Assert.All(Leaves, leaf => Assert.Contains($"\n  {leaf.Data.Split(' ')[0]} ", outcome.Output, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public async Task Help_shows_usage_and_an_example(string command)
    {
        var outcome = await _postern.RunAsync([.. Split(command), "--help"]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains($"Usage: postern {command}", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chek", "did you mean 'check'?")]
    [InlineData("evidnece verify", "did you mean 'evidence'?")]
    [InlineData("config chek", "did you mean 'check'?")]
    [InlineData("config", "'postern config --help'")]
    [InlineData("check --txt hello", "did you mean '--text'?")]
    [InlineData("check", "exactly one of --url, --text and --tool")]
    [InlineData("check --url", "'postern check --help'")]
    [InlineData("check --text a --url https://example.com/", "exactly one of")]
    [InlineData("check --text a --direction sideways", "--direction is out, in or both")]
    [InlineData("scan --kind dlp,telepathy", "there is no kind 'telepathy'")]
    [InlineData("config generate --preset strct", "did you mean 'strict'?")]
    [InlineData("config explain fetch_proxy.listn", "did you mean 'fetch_proxy.listen'?")]
    [InlineData("rules show destination.metadata-adress", "did you mean 'destination.metadata-address'?")]
    [InlineData("rules list --category sceret", "no rule is of category")]
    [InlineData("rules test missing.yaml", "missing.yaml: cannot be read")]
    [InlineData("explain no.such.thing.at.all", "is no rule, no configuration key and no evidence id")]
    [InlineData("evidence verify missing", "there is no such file or directory")]
    [InlineData("evidence verify . --key abc", "--key takes 64 hexadecimal digits")]
    [InlineData("evidence show . --last -3", "--last takes")]
    [InlineData("healthcheck --addr nowhere", "--addr takes an IP address")]
    [InlineData("check --text a --config missing.yaml", "missing.yaml: cannot be read")]
    public async Task Wrong_usage_is_exit_code_2_and_says_what_to_do(string arguments, string hint)
    {
        var outcome = await _postern.RunAsync(Split(arguments));
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(hint, outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--txt")]
    [InlineData("check", "--text", "a")]
    [InlineData("version")]
    public async Task A_stray_argument_is_not_repeated(params string[] arguments)
    {
        var outcome = await _postern.RunAsync([.. arguments, "s3cr3t-that-was-mistyped"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.DoesNotContain("s3cr3t", outcome.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_that_begins_with_an_at_sign_is_a_text_and_no_file()
    {
        var outcome = await _postern.RunAsync("check", "--text", "@someone", "--json");
        Assert.Equal("allow", outcome.Json.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Version_is_printed_for_people_and_for_scripts()
    {
        var text = await _postern.RunAsync("version");
        var json = await _postern.RunAsync("version", "--json");
        Assert.StartsWith("postern " + json.Json.GetProperty("version").GetString() + " ", text.Output, StringComparison.Ordinal);
        Assert.Equal(text.Output, (await _postern.RunAsync("--version")).Output);
    }

    [Fact]
    public async Task No_colours_where_there_is_no_terminal() =>
        Assert.DoesNotContain("\e[", (await _postern.RunAsync("doctor")).All, StringComparison.Ordinal);

    public void Dispose() => _postern.Dispose();

    private static string[] Split(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
