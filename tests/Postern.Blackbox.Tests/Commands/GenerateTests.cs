using System.Diagnostics;
using System.Text.Json;
using Postern.Blackbox.Tests.Clients;
using Postern.Needs;

namespace Postern.Blackbox.Tests.Commands;

public sealed class GenerateTests : IDisposable
{
    // Tries as the given user what may and what must not be reached, where servers listen on all of it.
    private const string Reach = """
        import os, socket
        def server(family, kind, at):
            made = socket.socket(family, kind); made.bind(at)
            if kind == socket.SOCK_STREAM: made.listen()
            return made
        tcp, udp, four, six = socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.AF_INET, socket.AF_INET6
        ways = {"proxy": (four, tcp, ("127.0.0.1", 8888)), "tcp": (four, tcp, ("127.0.0.1", 9999)), "udp": (four, udp, ("127.0.0.1", 53)),
                "tcp6": (six, tcp, ("::1", 9999)), "proxy6": (six, tcp, ("::1", 8888)), "udp6": (six, udp, ("::1", 53))}
        servers = {name: server(*way) for name, way in ways.items()}
        os.setuid(int(os.sys.argv[1]))
        opened = []
        for name, (family, kind, at) in ways.items():
            try:
                client = socket.socket(family, kind); client.settimeout(2); client.connect(at); client.send(b"x"); opened.append(name)
            except OSError: pass
        print(" ".join(opened))
        """;

    private const string Everything = "proxy tcp udp tcp6 proxy6 udp6";

    private readonly PosternProcess _postern = new();

    public static TheoryData<string, string[]> Files => new()
    {
        { "compose", ["compose.yaml", "postern.yaml"] },
        { "devcontainer", [".devcontainer/compose.yaml", ".devcontainer/devcontainer.json", ".devcontainer/postern.yaml"] },
        { "kubernetes", ["postern-kubernetes.yaml"] },
        { "helm", ["Chart.yaml", "templates/postern.yaml", "values.yaml"] },
        { "nftables", ["postern.nft"] },
        { "iptables", ["postern.ip6tables", "postern.iptables"] },
        { "pf", ["postern.pf"] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_kind_is_written_whole_and_over_nothing(string kind, string[] files)
    {
        Assert.Equal(0, (await _postern.RunAsync("generate", kind, "-o", "made")).ExitCode);
        var made = Directory.GetFiles(_postern.At("made"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(files, made.Select(file => Path.GetRelativePath(_postern.At("made"), file)));
        Assert.All(made, static file => Assert.DoesNotMatch("@[a-z-]+@", File.ReadAllText(file)));

        File.Delete(made[^1]);
        if (made.Length > 1)
        {
            Assert.Equal(2, (await _postern.RunAsync("generate", kind, "-o", "made")).ExitCode);
            Assert.False(File.Exists(made[^1]));
        }
    }

    [Theory]
    [InlineData("kubernetes", "--name", "a\nb")]
    [InlineData("kubernetes", "--agent-image", "x\" # {{")]
    [InlineData("compose", "--image", "${SECRET}")]
    [InlineData("compose", "--preset", "wild")]
    [InlineData("nftables", "--agent-user", "x\" accept")]
    [InlineData("iptables", "--agent-user", "-j")]
    [InlineData("pf", "--port", "70000")]
    public async Task What_would_need_quoting_is_refused(string kind, string option, string value) =>
        Assert.Equal((2, ""), await _postern.RunAsync("generate", kind, option, value) is var said ? (said.ExitCode, said.Output) : default);

    [Theory]
    [InlineData("balanced")]
    [InlineData("claude-code")]
    [InlineData("cursor")]
    [InlineData("generic-agent")]
    [InlineData("hostile-model")]
    public async Task Manifests_are_valid_with_every_preset(string preset)
    {
        var tools = await NodeTools.GetAsync();
        Assert.Equal("7", await CheckAsync(tools, (await _postern.RunAsync("generate", "kubernetes", "--preset", preset)).Output));
        Assert.Equal(0, (await _postern.RunAsync("generate", "devcontainer", "--preset", preset, "-o", "made")).ExitCode);
        Assert.Equal("1", await CheckAsync(tools, File.ReadAllText(_postern.At("made/.devcontainer/compose.yaml"))));
        Assert.Equal(0, (await _postern.RunAsync("config", "check", "made/.devcontainer/postern.yaml")).ExitCode);
        using var json = JsonDocument.Parse(File.ReadAllText(_postern.At("made/.devcontainer/devcontainer.json")));
        Assert.Equal("agent", json.RootElement.GetProperty("service").GetString());
    }

    [Fact]
    public async Task A_manifest_that_is_wrong_is_found()
    {
        var right = (await _postern.RunAsync("generate", "kubernetes")).Output;
        Assert.DoesNotMatch("^[0-9]+$", await CheckAsync(await NodeTools.GetAsync(), right.Replace("replicas: 1", "replicas: one", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_chart_with_its_values_is_the_manifest()
    {
        Assert.Equal(0, (await _postern.RunAsync("generate", "helm", "-o", "chart")).ExitCode);
        var values = File.ReadAllLines(_postern.At("chart/values.yaml")).Where(static line => line[0] != '#').ToDictionary(
            static line => ".Values." + line[..line.IndexOf(':', StringComparison.Ordinal)], static line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim('"'));
        values.Add(".Release.Name", "postern");
        var filled = values.Aggregate(File.ReadAllText(_postern.At("chart/templates/postern.yaml")),
            static (text, value) => text.Replace("{{ " + value.Key + " }}", value.Value, StringComparison.Ordinal));
        Assert.Equal((await _postern.RunAsync("generate", "kubernetes")).Output, filled);
    }

    [NeedsTheory("root unshare ip python3 /usr/sbin/nft /usr/sbin/iptables-restore")]
    [InlineData("nftables", "nft -c -f made/postern.nft && nft -f made/postern.nft && nft -f made/postern.nft")]
    [InlineData("iptables", "iptables-restore --test --noflush made/postern.iptables && iptables-restore --noflush made/postern.iptables && ip6tables-restore --noflush made/postern.ip6tables")]
    public async Task A_packet_filter_leaves_the_agent_the_firewall_and_others_everything(string kind, string load)
    {
        Assert.Equal(0, (await _postern.RunAsync("generate", kind, "--agent-user", "nobody", "-o", "made")).ExitCode);
        _postern.Write("reach.py", Reach);
        Assert.Equal([Everything, "proxy", Everything], await ReachAsync($"python3 reach.py 65534 && {load} && python3 reach.py 65534 && python3 reach.py 0"));
    }

    public void Dispose() => _postern.Dispose();

    private async Task<string[]> ReachAsync(string script)
    {
        var start = new ProcessStartInfo("unshare", ["-n", "sh", "-c", "ip link set lo up && " + script])
        {
            WorkingDirectory = _postern.Directory,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = "/usr/sbin:/sbin:/usr/bin:/bin";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string> CheckAsync(NodeTools tools, string yaml)
    {
        var start = new ProcessStartInfo(Path.Combine(tools.Programs, "node"), [Path.Combine(tools.Scripts, "manifests.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.StandardInput.WriteAsync(yaml);
        node.StandardInput.Close();
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return node.ExitCode == 0 ? (await output).Trim() : await errors;
    }
}
