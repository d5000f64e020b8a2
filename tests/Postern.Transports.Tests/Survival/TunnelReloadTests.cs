using System.Text;
using Microsoft.AspNetCore.Connections;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Survival;

public sealed class TunnelReloadTests
{
    [Fact]
    public async Task A_reload_decides_which_tunnels_that_begin_later_stay_opaque()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        using var upstream = new UpstreamRelease(TimeSpan.FromSeconds(5));
        var checkpoint = new HttpCheckpoint(world.Inspector, world.Policies, upstream, TimeProvider.System);
        var gate = new TunnelGate(checkpoint, world.Leaves);
        Assert.IsType<InterceptTunnel>(await DecideAsync(gate, "bank.test:443"));
        Assert.IsType<RelayTunnel>(await DecideAsync(gate, "opaque.test:443"));

        world.Policies.Swap(TestPolicies.Passing("bank.test"), "next");

        Assert.IsType<RelayTunnel>(await DecideAsync(gate, "bank.test:443"));
        Assert.IsType<InterceptTunnel>(await DecideAsync(gate, "opaque.test:443"));
    }

    private static async Task<TunnelDecision> DecideAsync(TunnelGate gate, string authority)
    {
        var reader = new ConnectHeadReader();
        Assert.Equal(ConnectHeadStatus.Done, reader.Read(Encoding.ASCII.GetBytes($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n")));
        return await gate.DecideAsync(ConnectRequest.Of(reader.Head!), new DefaultConnectionContext(), CancellationToken.None);
    }
}
