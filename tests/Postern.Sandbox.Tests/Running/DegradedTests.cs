namespace Postern.Sandbox.Tests.Running;

/// <summary>A layer that is missing is said, and has the outcome that docs/containment.md gives.</summary>
public sealed class DegradedTests
{
    private const string Base = "linux root unshare setpriv curl";

    [NeedsFact(Base)]
    public async Task Without_namespaces_the_sandbox_starts_nothing()
    {
        using var contained = new Contained(crippled: true);
        var outcome = await contained.ShellAsync("echo started");
        Assert.Equal((125, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("--best-effort", outcome.Errors, StringComparison.Ordinal);
    }

    [NeedsFact(Base)]
    public async Task Best_effort_says_what_is_missing_and_holds_the_network()
    {
        using var contained = new Contained(crippled: true);
        var outcome = await contained.ShellAsync("curl -s -o /dev/null -w '%{http_code} ' http://169.254.169.254/; echo x > $HOME/x && cat $HOME/x; touch /tmp/escaped && echo escaped", "--best-effort");
        Assert.Equal("403 x\n", outcome.Output);
        Assert.Contains("contained without namespaces", outcome.Errors, StringComparison.Ordinal);
    }

    [NeedsFact(Base)]
    public async Task Run_takes_what_it_can_get_and_strict_does_not()
    {
        using var contained = new Contained(crippled: true);
        var run = await contained.PosternAsync("run", "--", "sh", "-c", "grep NoNewPrivs /proc/self/status");
        Assert.Contains("1", run.Output, StringComparison.Ordinal);
        Assert.Contains("contained without namespaces", run.Errors, StringComparison.Ordinal);
        Assert.Equal(125, (await contained.PosternAsync("run", "--strict", "--", "true")).ExitCode);
        contained.Write("postern.yaml", "sandbox: { strict: true }\n");
        Assert.Equal(125, (await contained.PosternAsync("run", "--", "true")).ExitCode);
    }

    [NeedsFact(Base)]
    public async Task A_dry_run_explains_and_starts_nothing()
    {
        using var whole = new Contained();
        var outcome = await whole.PosternAsync("sandbox", "--dry-run", "--json", "--", "touch", "started");
        Assert.Equal((0, "capabilities_ok"), (outcome.ExitCode, outcome.Json.GetProperty("status").GetString()));
        Assert.False(File.Exists(Path.Join(whole.Directory, "started")));

        using var crippled = new Contained(crippled: true);
        outcome = await crippled.PosternAsync("sandbox", "--dry-run", "--best-effort", "--", "true");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("missing  namespaces", outcome.Output, StringComparison.Ordinal);
    }

    [NeedsFact(Base)]
    public async Task The_configuration_can_switch_it_off_and_grant_more()
    {
        using var contained = new Contained();
        Directory.CreateDirectory(Path.Join(contained.UserHome, "tools"));
        File.WriteAllText(Path.Join(contained.UserHome, "tools", "t"), "granted");
        contained.Write("postern.yaml", "sandbox: { filesystem: { allow_read: ['~/tools'] } }\n");
        Assert.Equal("granted", (await contained.ShellAsync("cat ~/tools/t; touch ~/tools/x 2>/dev/null; echo x >> postern.yaml; true")).Output);
        Assert.Equal(["t"], Directory.EnumerateFiles(Path.Join(contained.UserHome, "tools")).Select(Path.GetFileName));
        Assert.DoesNotContain("x", File.ReadAllLines(Path.Join(contained.Directory, "postern.yaml")));

        contained.Write("postern.yaml", "sandbox: { enabled: false }\n");
        Assert.Contains("0", (await contained.PosternAsync("run", "--", "grep", "NoNewPrivs", "/proc/self/status")).Output, StringComparison.Ordinal);
        Assert.Contains("1", (await contained.PosternAsync("sandbox", "--", "grep", "NoNewPrivs", "/proc/self/status")).Output, StringComparison.Ordinal);
    }

    [NeedsFact(Base)]
    public async Task A_contained_server_speaks_over_its_streams_and_has_no_network()
    {
        using var contained = new Contained();
        contained.Write("server.sh", "read line; ls /sys/class/net > net 2>/dev/null; curl -s -m 2 http://127.0.0.1:8888/health > answer; grep NoNewPrivs /proc/self/status > held; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}'");
        var outcome = await contained.PosternWithAsync("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n", "mcp", "proxy", "--sandbox", "--", "bash", "server.sh");
        Assert.Contains("\"id\":1", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("", File.ReadAllText(Path.Join(contained.Directory, "answer")));
        Assert.Contains("1", File.ReadAllText(Path.Join(contained.Directory, "held")), StringComparison.Ordinal);
        Assert.Equal(2, (await contained.PosternAsync("mcp", "proxy", "--sandbox", "--upstream", "https://example.com/")).ExitCode);
    }
}
