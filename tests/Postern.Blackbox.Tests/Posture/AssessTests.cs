using System.Text.Json;

namespace Postern.Blackbox.Tests.Posture;

public sealed class AssessTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    private string Folder => _postern.At("assessment");

    [Fact]
    public async Task Every_cell_is_backed_by_the_run_or_not_evidenced()
    {
        await FinishAsync();
        var caught = Read("simulation.json").GetProperty("scenarios").EnumerateArray()
            .Where(static scenario => scenario.GetProperty("outcome").GetString() == "caught").Select(static scenario => scenario.GetProperty("id").GetString()).ToHashSet();
        var controls = Read("assessment.json").GetProperty("frameworks").EnumerateArray().SelectMany(static framework => framework.GetProperty("controls").EnumerateArray()).ToList();

        Assert.All(controls, control =>
        {
            var evidence = control.GetProperty("evidence").EnumerateArray().Select(static id => id.GetString()).ToList();
            Assert.Subset(caught, evidence.ToHashSet());
            Assert.Equal(evidence.Count == 0, control.GetProperty("status").GetString() == "not evidenced");
        });
        Assert.Contains(controls, static control => control.GetProperty("status").GetString() == "evidenced");

        // TLS is not read here: what is inside it speaks for nobody.
        Assert.DoesNotContain(controls, static control => control.GetProperty("evidence").EnumerateArray().Any(static id => id.GetString()!.StartsWith("tls.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_changed_does_not_verify()
    {
        await FinishAsync();
        Assert.Equal(0, (await _postern.RunAsync("assess", "verify", Folder, "--key", Path.Combine(_postern.Home, "keys", "evidence.pub"))).ExitCode);
        Assert.Equal(3, (await _postern.RunAsync("assess", "verify", Folder, "--key", new string('a', 64))).ExitCode);
        foreach (var file in (string[])["simulation.json", "deployment.json", "hosts.json", "assessment.json", "assessment.html", "manifest.json", "added.json"])
        {
            var path = Path.Combine(Folder, file);
            var before = File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "";
            await File.WriteAllTextAsync(path, before + " ", TestContext.Current.CancellationToken);
            var outcome = await _postern.RunAsync("assess", "verify", Folder);

            Assert.Equal(3, outcome.ExitCode);
            Assert.Contains(file, outcome.Errors, StringComparison.Ordinal);
            await File.WriteAllTextAsync(path, before, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_host_that_goes_around_is_named_and_a_way_out_is_tried_in_a_home_of_its_own()
    {
        Directory.CreateDirectory(_postern.At(".cursor"));
        _postern.Write(".cursor/mcp.json", """{"mcpServers":{"files<b>":{"command":"npx","env":{"TOKEN":"not-to-be-shown"}}}}""");
        await FinishAsync();
        var (hosts, page) = (Read("hosts.json"), await File.ReadAllTextAsync(Path.Combine(Folder, "assessment.html"), TestContext.Current.CancellationToken));

        Assert.False(hosts.GetProperty("protected").GetBoolean());
        Assert.Contains(hosts.GetProperty("files").EnumerateArray(), static file => file.GetProperty("host").GetString() == "cursor"
            && file.GetProperty("servers").EnumerateArray().Any(static server => server.GetProperty("name").GetString() == "files<b>" && !server.GetProperty("protected").GetBoolean()));
        Assert.Contains("server files&lt;b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-shown", page + hosts, StringComparison.Ordinal);
        Assert.Contains(Read("deployment.json").GetProperty("checks").EnumerateArray(), static check => check.GetProperty("name").GetString()!.StartsWith("egress", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(_postern.Home, "ca.pem")));
        Assert.Contains(Read("manifest.json").GetProperty("artifacts").GetProperty("simulation.json").GetString()!, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_between_two_stages_is_not_finalized()
    {
        await _postern.RunAsync("assess", "init", Folder);
        await _postern.RunAsync("assess", "run", Folder);
        await File.AppendAllTextAsync(Path.Combine(Folder, "score.json"), " ", TestContext.Current.CancellationToken);
        var outcome = await _postern.RunAsync("assess", "finalize", Folder);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("score.json", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("finalize")]
    public async Task A_stage_needs_the_one_before(string stage) => Assert.Equal(2, (await _postern.RunAsync("assess", stage, Folder)).ExitCode);

    [Fact]
    public async Task Another_configuration_is_another_assessment()
    {
        var config = _postern.Write("a.yaml", "mode: balanced\n");
        await _postern.RunAsync("assess", "init", Folder, "--config", config);
        _postern.Write("a.yaml", "mode: balanced\nenforce: false\n");
        Assert.Equal(2, (await _postern.RunAsync("assess", "run", Folder)).ExitCode);
    }

    public void Dispose() => _postern.Dispose();

    private async Task FinishAsync()
    {
        foreach (var stage in (string[])["init", "run", "finalize"])
        {
            Assert.Equal((0, ""), await _postern.RunAsync("assess", stage, Folder) is var outcome ? (outcome.ExitCode, outcome.Errors) : default);
        }
    }

    private JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file))).RootElement;
}
