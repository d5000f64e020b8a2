using System.Text.Json;

namespace Postern.Blackbox.Tests.Commands;

public sealed class ScanFilesTests : IDisposable
{
    // In pieces, so that this file does not look like a leak; it lives nowhere.
    private static readonly string s_key = "AKIA" + "QYLPMN5HHHFPZAM2";
    private readonly PosternProcess _postern = new();

    [Theory]
    [InlineData("k = KEY # postern:ignore secret.aws.access-key-id a fixture", 0)]
    [InlineData("k = KEY // postern:ignore secret.* a fixture", 0)]
    [InlineData("<!-- postern:ignore secret.aws.* a fixture -->\nk = KEY", 0)]
    [InlineData("k = KEY # postern:ignore secret.aws.access-key-id", 1)]
    [InlineData("k = KEY # postern:ignore secret.aws.access-key-id --", 1)]
    [InlineData("k = KEY # postern:ignore secret.npm.* a fixture", 1)]
    [InlineData("k = KEY # postern:ignore * a fixture", 1)]
    [InlineData("k = KEY # postern:ignore", 1)]
    [InlineData("k = KEY # postern:ignored secret.* a fixture", 1)]
    [InlineData("x = 1 # postern:ignore secret.* a fixture\nk = KEY", 1)]
    [InlineData("# postern:ignore secret.* a fixture\n\nk = KEY", 1)]
    public async Task A_comment_ignores_when_it_names_the_rule_and_a_reason_at_the_line(string text, int exitCode)
    {
        _postern.Write("a.txt", text.Replace("KEY", s_key, StringComparison.Ordinal));

        var outcome = await _postern.RunAsync("scan", "a.txt", "--json");

        Assert.Equal(exitCode, outcome.ExitCode);
        var finding = Assert.Single(outcome.Json.GetProperty("findings").EnumerateArray());
        Assert.Equal(exitCode == 0, finding.TryGetProperty("accepted_by", out _));
        Assert.DoesNotContain(s_key, outcome.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(190_000)]
    [InlineData(600_000)]
    public async Task A_finding_says_its_line_and_column_wherever_in_a_long_file(int before)
    {
        var lines = before / 20;
        _postern.Write("a.txt", string.Concat(Enumerable.Repeat("some ordinary words\n", lines)) + "ü " + s_key + "\n");

        var outcome = await _postern.RunAsync("scan", ".");

        Assert.Equal((1, $"a.txt:{lines + 1}:3: block secret.aws.access-key-id: AWS access key id\n"), (outcome.ExitCode, outcome.Output));
    }

    [Fact]
    public async Task Binary_files_are_counted_and_utf_16_is_text()
    {
        await File.WriteAllBytesAsync(_postern.At("a.bin"), [1, 0, 2], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_postern.At("b.txt"), s_key, System.Text.Encoding.Unicode, TestContext.Current.CancellationToken);

        var json = (await _postern.RunAsync("scan", ".", "--json")).Json;

        Assert.Equal((1, 1), (json.GetProperty("binary_skipped").GetInt32(), json.GetProperty("findings").GetArrayLength()));
    }

    [Fact]
    public async Task What_git_ignores_is_scanned_only_when_named_or_asked_for()
    {
        await GitAsync("init", "-q", ".");
        _postern.Write(".gitignore", "local.txt\n");
        _postern.Write("local.txt", s_key);

        Assert.Equal(0, (await _postern.RunAsync("scan", ".")).ExitCode);
        Assert.Equal(1, (await _postern.RunAsync("scan", ".", "--no-gitignore")).ExitCode);
        Assert.Equal(1, (await _postern.RunAsync("scan", "local.txt")).ExitCode);
    }

    [Fact]
    public async Task A_baseline_accepts_as_many_as_it_counted_and_no_other_value()
    {
        _postern.Write("a.txt", s_key + "\n");
        Assert.Equal(0, (await _postern.RunAsync("scan", "a.txt", "--write-baseline", "base.json")).ExitCode);
        Assert.DoesNotContain(s_key, await File.ReadAllTextAsync(_postern.At("base.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        _postern.Write("a.txt", "moved\n\n" + s_key + "\n");
        Assert.Equal(0, (await _postern.RunAsync("scan", "a.txt", "--baseline", "base.json")).ExitCode);
        _postern.Write("a.txt", s_key + "\n" + s_key + "\n");
        Assert.Equal(1, (await _postern.RunAsync("scan", "a.txt", "--baseline", "base.json")).ExitCode);
        _postern.Write("a.txt", "AKIA" + "QYLPMN5HHHFPZAM3\n");
        Assert.Equal(1, (await _postern.RunAsync("scan", "a.txt", "--baseline", "base.json")).ExitCode);
    }

    [Fact]
    public async Task Sarif_has_what_the_standard_requires_and_every_accepted_finding_with_its_reason()
    {
        _postern.Write("a b.txt", $"{s_key}\n{s_key} # postern:ignore secret.aws.* a fixture\n");

        var log = (await _postern.RunAsync("scan", "a b.txt", "--sarif")).Json;

        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("Postern", driver.GetProperty("name").GetString());
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(["error 1 a%20b.txt", "error 2 a%20b.txt"], results.Select(static result => $"{result.GetProperty("level")} {Region(result, "startLine")} {Uri(result)}"));
        Assert.All(results, result => Assert.Equal(
            result.GetProperty("ruleId").GetString(), driver.GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()));
        Assert.All(results, static result => Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!));
        Assert.False(results[0].TryGetProperty("suppressions", out _));
        Assert.Equal(("inSource", "a fixture"), (results[1].GetProperty("suppressions")[0].GetProperty("kind").GetString(), results[1].GetProperty("suppressions")[0].GetProperty("justification").GetString()));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("empty")]
    [InlineData("--json")]
    [InlineData("a.txt --jsonl")]
    [InlineData("a.txt --kind url")]
    [InlineData("a.txt --baseline a.txt")]
    public async Task What_cannot_be_scanned_as_asked_is_an_error_and_never_clean(string arguments)
    {
        _postern.Write("a.txt", "nothing");
        Directory.CreateDirectory(_postern.At("empty"));

        Assert.Equal(2, (await _postern.RunAsync(["scan", .. arguments.Split(' ')])).ExitCode);
    }

    [Fact]
    public async Task A_text_comes_over_standard_input()
    {
        var outcome = await _postern.RunWithAsync("x\n" + s_key, "scan", "-");
        Assert.Equal((1, true), (outcome.ExitCode, outcome.Output.StartsWith("stdin:2:1: block", StringComparison.Ordinal)));
    }

    public void Dispose() => _postern.Dispose();

    private static string Region(JsonElement result, string name) => result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty(name).ToString();

    private static string Uri(JsonElement result) => result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;

    private async Task GitAsync(params string[] arguments)
    {
        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = _postern.Directory })!;
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, git.ExitCode);
    }
}
