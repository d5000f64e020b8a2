using System.Net;
using System.Net.Sockets;
using Postern.Sandbox.Probing;

namespace Postern.Sandbox.Tests.Running;

public sealed class ProbeTests
{
    private const string Base = "linux root unshare setpriv /bin/sleep";

    // The loopback range is all this machine's; nobody else listens on this one of its addresses.
    private const string OwnResolver = "127.53.53.53";

    public static TheoryData<string, bool> Starts => EscapeTests.Starts;

    [NeedsTheory(Base)]
    [MemberData(nameof(Starts))]
    public async Task From_inside_every_channel_is_closed_and_the_evidence_says_so(string user, bool withoutNamespaces)
    {
        using var contained = new Contained(user, withoutNamespaces);
        var outcome = await contained.PosternAsync("doctor", "--egress", "--json");
        Assert.True(outcome.ExitCode == 0, outcome.All);
        var checks = outcome.Json.GetProperty("checks").EnumerateArray().ToList();
        Assert.Equal(EgressProbe.Channels.Select(static channel => "egress " + channel.Name), checks.Select(static check => check.GetProperty("name").GetString()));

        Assert.Equal(0, (await contained.PosternAsync("evidence", "verify", Path.Join(contained.Directory, "home", "evidence"))).ExitCode);
        var shown = await contained.PosternAsync("evidence", "show", Path.Join(contained.Directory, "home", "evidence"));
        Assert.Contains("egress probe: tcp closed", shown.Output, StringComparison.Ordinal);
    }

    [NeedsFact(Base)]
    public async Task A_hole_that_is_opened_is_seen_open_on_every_channel_that_this_kernel_has()
    {
        using var contained = new Contained();
        using var trap = new EgressTrap();
        using var resolver = new Resolver(OwnResolver);
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var relaying = RelayAsync(proxy, TestContext.Current.CancellationToken);
        contained.Environment["HTTP_PROXY"] = "http://" + proxy.LocalEndpoint;
        var targets = trap.Targets(contained.Write("secret", "x")) with { Resolver = OwnResolver };

        var outcome = await contained.PosternAsync([EgressProbe.Word, .. targets.Arguments]);

        await relaying;
        var open = outcome.Output.Split('\n').Where(static line => line.EndsWith(" open", StringComparison.Ordinal)).Select(static line => line.Split(' ')[0]);

        // What the machine itself lacks cannot be opened: a hypervisor's sockets, io_uring where an administrator took it away.
        string[] absent = [.. Lacks("/dev/vsock", "vsock"), .. IsOff("/proc/sys/kernel/io_uring_disabled") ? ["io-uring"] : (string[])[]];
        Assert.Equal(EgressProbe.Channels.Select(static channel => channel.Name).Except(absent), open.Except(absent));
        Assert.True(trap.WasReachedByUdp);
    }

    private static string[] Lacks(string path, string channel) => Path.Exists(path) ? [] : [channel];

    private static bool IsOff(string setting) => File.Exists(setting) && File.ReadAllText(setting).Trim() == "2";

    private static async Task RelayAsync(TcpListener proxy, CancellationToken cancel)
    {
        using var client = await proxy.AcceptSocketAsync(cancel);
        await client.ReceiveAsync(new byte[512], cancel);
        await client.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancel);
    }
}
