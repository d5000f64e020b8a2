using System.Globalization;
using System.Text.Json;
using Postern.Blackbox.Tests.Clients;

namespace Postern.Blackbox.Tests.Telemetry;

/// <summary>The built program tells a real rsyslog what it refused.</summary>
public sealed class SyslogTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    [NeedsTheory("rsyslogd curl linux")]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Rsyslog_understands_every_refusal(string scheme)
    {
        await using var rsyslog = await Rsyslog.StartAsync(_postern.Directory);
        await RefuseAsync(scheme, rsyslog.Port, times: 2);
        var taken = await rsyslog.TakenAsync(2);

        // Facility local3 (19) times eight, and critical.
        Assert.All(taken, static line => Assert.Equal(["154", "gateway-1", "gate", "request_blocked"], line[..4]));
        Assert.All(taken, static line => Assert.Equal("destination.metadata-address", JsonDocument.Parse(line[4]).RootElement.GetProperty("rules")[0].GetString()));
    }

    [NeedsFact("rsyslogd curl linux")]
    public async Task What_rsyslog_missed_while_it_was_down_it_is_told_by_the_next_run()
    {
        var port = Ports.Free();
        await RefuseAsync("tcp", port, times: 3);
        await using var rsyslog = await Rsyslog.StartAsync(_postern.Directory, port);
        await RefuseAsync("tcp", port, times: 1);
        var taken = await rsyslog.TakenAsync(4);
        Assert.Equal(4, taken.Select(static line => JsonDocument.Parse(line[4]).RootElement.GetProperty("evidence").GetString()).Distinct().Count());
    }

    public void Dispose() => _postern.Dispose();

    private async Task RefuseAsync(string scheme, int port, int times)
    {
        var config = _postern.Write("c.yaml", string.Create(CultureInfo.InvariantCulture, $$"""
            fetch_proxy: { listen: "127.0.0.1:0" }
            emit: { instance_id: gateway-1, syslog: { address: "{{scheme}}://127.0.0.1:{{port}}", facility: local3, tag: gate } }
            """));
        var calls = string.Join(';', Enumerable.Repeat("curl -s -o /dev/null http://169.254.169.254/latest", times));
        var outcome = await _postern.RunAsync("run", "--config", config, "--", "/bin/sh", "-c", calls);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
    }
}
