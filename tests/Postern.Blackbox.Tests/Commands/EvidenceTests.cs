using System.Text.Json;

namespace Postern.Blackbox.Tests.Commands;

public sealed class EvidenceTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    private string Place => Path.Combine(_postern.Home, "evidence");

    private string PublicKey => Path.Combine(_postern.Home, "keys", "evidence.pub");

    [NeedsFact("curl linux")]
    public async Task A_refusal_can_be_verified_shown_and_explained()
    {
        var id = await RefuseAsync();
        var verified = await _postern.RunAsync("evidence", "verify", "--key", PublicKey, "--json");
        Assert.Equal((0, "sound"), (verified.ExitCode, verified.Json.GetProperty("status").GetString()));
        Assert.True(verified.Json.GetProperty("denials").GetInt64() >= 1);
        Assert.NotEmpty(verified.Json.GetProperty("cannot_prove").EnumerateArray());
        Assert.Contains("What this cannot prove", (await _postern.RunAsync("evidence", "verify", Place)).Output, StringComparison.Ordinal);

        Assert.Contains(id, (await _postern.RunAsync("evidence", "show")).Output, StringComparison.Ordinal);
        var explained = await _postern.RunAsync("explain", id);
        Assert.Equal(0, explained.ExitCode);
        Assert.Contains("destination.metadata-address: Cloud metadata service", explained.Output, StringComparison.Ordinal);
        Assert.Equal("deny", (await _postern.RunAsync("explain", id, "--json")).Json.GetProperty("effect").GetString());
    }

    [NeedsFact("curl linux")]
    public async Task Records_are_shown_one_per_line_and_only_as_many_as_asked()
    {
        await RefuseAsync();
        var all = await LinesAsync("--last", "0");
        Assert.All(all, static line => Assert.True(JsonDocument.Parse(line).RootElement.TryGetProperty("seq", out _)));
        Assert.Equal(all[^2..], await LinesAsync("--last", "2"));
    }

    [NeedsTheory("curl linux")]
    [InlineData("altered")]
    [InlineData("removed")]
    [InlineData("cut")]
    public async Task Tampering_is_exit_code_3(string how)
    {
        await RefuseAsync();
        var file = Directory.EnumerateFiles(Place, "*.jsonl").Single();
        var lines = File.ReadAllLines(file).ToList();
        var at = lines.FindIndex(static line => line.Contains("\"effect\":\"deny\"", StringComparison.Ordinal));
        switch (how)
        {
            case "altered":
                lines[at] = lines[at].Replace("deny", "allow", StringComparison.Ordinal);
                File.WriteAllText(file, string.Join('\n', lines) + "\n");
                break;
            case "removed":
                lines.RemoveAt(at);
                File.WriteAllText(file, string.Join('\n', lines) + "\n");
                break;
            default:
                File.WriteAllText(file, string.Join('\n', lines)[..^5]);
                break;
        }

        var outcome = await _postern.RunAsync("evidence", "verify", Place, "--json");
        Assert.Equal((3, "tampered"), (outcome.ExitCode, outcome.Json.GetProperty("status").GetString()));
        Assert.True(outcome.Json.GetProperty("failure").GetProperty("line").GetInt64() > 0);
        Assert.Equal(3, (await _postern.RunAsync("evidence", "verify", file)).ExitCode);
    }

    [NeedsFact("linux")]
    public async Task Another_key_is_exit_code_3()
    {
        await _postern.RunAsync("run", "--", "true");
        var outcome = await _postern.RunAsync("evidence", "verify", Place, "--key", new string('a', 64));
        Assert.Equal(3, outcome.ExitCode);
    }

    [Fact]
    public async Task Nothing_to_verify_is_exit_code_1()
    {
        Directory.CreateDirectory(Place);
        Assert.Equal(1, (await _postern.RunAsync("evidence", "verify")).ExitCode);
        Assert.Equal(1, (await _postern.RunAsync("explain", "ev-00000000-1")).ExitCode);
    }

    public void Dispose() => _postern.Dispose();

    /// <summary>Has the firewall refuse one request, and returns the evidence id that the refusal names.</summary>
    private async Task<string> RefuseAsync()
    {
        var refusal = await _postern.RunAsync("run", "--", "curl", "-s", "http://169.254.169.254/latest/meta-data/");
        return refusal.Json.GetProperty("evidence").GetString()!;
    }

    private async Task<string[]> LinesAsync(params string[] options) =>
        (await _postern.RunAsync(["evidence", "show", "--json", .. options])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
