namespace Postern.Blackbox.Tests.Commands;

public sealed class RunTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    public void Dispose() => _postern.Dispose();

    [NeedsFact("linux")]
    public async Task A_relative_sentinel_file_lies_beside_the_configuration_wherever_the_program_starts()
    {
        Configure("kill_switch:\n  sentinel_file: halt\n");
        _postern.Write(Path.Combine("conf", "halt"), "");

        var outcome = await ShellAsync($"{PosternProcess.Executable} healthcheck --addr ${{HTTP_PROXY#http://}}");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("halted", outcome.Errors, StringComparison.Ordinal);
    }

    [NeedsFact("linux")]
    public async Task Evidence_and_keys_lie_beside_the_configuration_where_it_says_so()
    {
        Configure("flight_recorder:\n  dir: records\n");

        var outcome = await ShellAsync("true");

        Assert.Equal(0, outcome.ExitCode);
        Assert.NotEmpty(Directory.GetFiles(_postern.At(Path.Combine("conf", "records"))));
        var checkup = await _postern.RunAsync("doctor", "--config", Path.Combine("conf", "postern.yaml"));
        Assert.Contains(_postern.At(Path.Combine("conf", "records")), checkup.All, StringComparison.Ordinal);
    }

    [NeedsFact("linux")]
    public async Task A_reload_puts_keys_in_force_and_says_which_ones_wait()
    {
        Configure("mode: balanced\n");
        var probe = $"{PosternProcess.Executable} healthcheck --addr ${{HTTP_PROXY#http://}}";

        // The shell's parent is the firewall. It waits for what the reload brings about, never for a time.
        var outcome = await ShellAsync(
            "printf 'kill_switch:\\n  enabled: true\\nlimits:\\n  max_headers: 50\\n' > conf/new && mv conf/new conf/postern.yaml && kill -HUP $PPID;"
            + $" while {probe}; do :; done");

        Assert.Contains("limits.max_headers changes at the next start", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("policy reloaded as revision 2; weaker keys: none", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("kill_switch.enabled changes at the next start", outcome.Errors, StringComparison.Ordinal);
    }

    private void Configure(string yaml)
    {
        Directory.CreateDirectory(_postern.At("conf"));
        _postern.Write(Path.Combine("conf", "postern.yaml"), yaml);
    }

    private Task<Outcome> ShellAsync(string script) =>
        _postern.RunAsync("run", "--config", Path.Combine("conf", "postern.yaml"), "--uncontained", "--", "sh", "-c", script);
}
