using System.Diagnostics;
using System.Net;
using Postern.Blackbox.Tests.Clients;

namespace Postern.Blackbox.Tests.Commands;

/// <summary>The kill switch from a shell, against a running firewall.</summary>
public sealed class KillTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    public void Dispose() => _postern.Dispose();

    [Fact]
    public async Task On_stops_a_run_without_a_port_and_off_lets_it_go_on()
    {
        var address = $"127.0.0.1:{Ports.Free()}";
        Assert.Equal(0, (await _postern.RunAsync("kill", "status")).ExitCode);
        await using var program = await _postern.StartAsync("listens on ", "run", "--listen", address);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal(HttpStatusCode.OK, await HealthAsync(client, address));

        Assert.Equal(0, (await _postern.RunAsync("kill", "on")).ExitCode);
        await UntilAsync(client, address, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(1, (await _postern.RunAsync("kill", "status", "--json")).ExitCode);
        Assert.Equal(0, (await _postern.RunAsync("kill", "off")).ExitCode);
        await UntilAsync(client, address, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Commands_that_need_the_control_port_say_so()
    {
        var outcome = await _postern.RunAsync("approvals", "list");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("control.listen", outcome.Errors, StringComparison.Ordinal);
        var deaf = await _postern.RunAsync("approvals", "list", "--addr", $"127.0.0.1:{Ports.Free()}");
        Assert.Equal(2, deaf.ExitCode);
        Assert.Contains("no token", deaf.Errors, StringComparison.Ordinal);
    }

    /// <summary>The default of SIGUSR1 is to end the process, and that is what it did.</summary>
    [NeedsFact("linux")]
    public async Task A_signal_stops_and_does_not_end_it()
    {
        var address = $"127.0.0.1:{Ports.Free()}";
        await using var program = await _postern.StartAsync("listens on ", "run", "--listen", address);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var status in new[] { HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK })
        {
            using var kill = Process.Start("kill", ["-USR1", $"{program.Id}"]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            await UntilAsync(client, address, status);
        }
    }

    /// <summary>A file is looked at every 50 ms and a signal has a thread of its own; every question takes a while.</summary>
    private static async Task UntilAsync(HttpClient client, string address, HttpStatusCode status)
    {
        var watch = Stopwatch.StartNew();
        while (await HealthAsync(client, address) != status)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"never {status}");
        }
    }

    private static async Task<HttpStatusCode> HealthAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync($"http://{address}/health", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
