using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Postern.Blackbox.Tests.Clients;

namespace Postern.Blackbox.Tests.Posture;

/// <summary>The example for the public benchmark: its configuration is right, and its proxy starts where the runner says.</summary>
public sealed class ExampleTests : IDisposable
{
    private static readonly string s_example = Path.Combine(PosternProcess.Root, "examples", "agent-egress-bench");

    private readonly PosternProcess _postern = new();

    [NeedsFact("linux")]
    public async Task The_proxy_starts_where_the_runner_says_and_refuses_a_leak()
    {
        await _postern.RunAsync("tls", "init");
        var (proxy, scan) = (Ports.Free(), Ports.Free());
        var start = new ProcessStartInfo(Path.Combine(s_example, "start-proxy.sh"), [PosternProcess.Executable]) { WorkingDirectory = _postern.Directory };
        foreach (var (name, value) in ((string, string)[])
            [
                ("AEB_PROXY_ADDR", $"127.0.0.1:{proxy}"), ("AEB_SCAN_ADDR", $"127.0.0.1:{scan}"), ("POSTERN_HOME", _postern.Home), ("HOME", _postern.Directory),
                ("AEB_TLS_CA_FILE", Path.Combine(_postern.Home, "ca.pem")), ("AEB_TLS_CA_KEY_FILE", Path.Combine(_postern.Home, "ca-key.pem")),
            ])
        {
            start.Environment[name] = value;
        }

        await using var running = await BackgroundProcess.StartAsync(start, "HTTPS_PROXY");
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy($"http://127.0.0.1:{proxy}") });
        using var refused = await client.GetAsync(new Uri("http://www.example.com/?key=" + "AKIA" + "Q7XZ2LMNB4KDR9TV"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(0, (await _postern.RunAsync("config", "check", Path.Combine(_postern.Home, "bench.yaml"))).ExitCode);
    }

    [Fact]
    public void The_profile_names_this_version()
    {
        var profile = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_example, "tool-profile.json"))).RootElement;
        Assert.Equal("postern", profile.GetProperty("tool").GetString());
        Assert.StartsWith(FileVersionInfo.GetVersionInfo(PosternProcess.Executable + ".dll").ProductVersion!.Split('+')[0], profile.GetProperty("tool_version").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _postern.Dispose();
}
