using System.Net;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;
using Postern.Transports.Http.Server;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Survival;

public sealed class TunnelBoundTests
{
    [Fact]
    public async Task A_tunnel_beyond_the_bound_is_refused_until_another_ends()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        var gate = new TunnelGate(world.Checkpoint, world.Leaves, () => default) { MaxTunnels = 2 };
        var middleware = new ConnectMiddleware(gate, TunnelLimits.Default, TimeProvider.System);
        await using var server = new ProxyServer([new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0), middleware.Bind)], new ProxyServerOptions());
        await server.StartAsync(world.Adapter.ServeAsync, CancellationToken.None);
        await using var first = await RawClient.ConnectAsync(server.Bound[0]);
        var second = await RawClient.ConnectAsync(server.Bound[0]);
        Assert.StartsWith("HTTP/1.1 200 ", await first.AskAsync("CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await second.AskAsync("CONNECT b.test:443 HTTP/1.1\r\nHost: b.test:443\r\n\r\n"), StringComparison.Ordinal);

        Assert.StartsWith("HTTP/1.1 503 ", await AskAsync(server), StringComparison.Ordinal);
        await second.DisposeAsync();

        string answer;
        do
        {
            answer = await AskAsync(server);
        }
        while (answer.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_tunnel_takes_no_place()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        var gate = new TunnelGate(world.Checkpoint, world.Leaves, () => default) { MaxTunnels = 1 };
        await using var server = new ProxyServer(
            [new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0), new ConnectMiddleware(gate, TunnelLimits.Default, TimeProvider.System).Bind)], new ProxyServerOptions());
        await server.StartAsync(world.Adapter.ServeAsync, CancellationToken.None);
        for (var i = 0; i < 3; i++)
        {
            await using var refused = await RawClient.ConnectAsync(server.Bound[0]);
            Assert.StartsWith("HTTP/1.1 403 ", await refused.AskAsync("CONNECT 169.254.169.254:443 HTTP/1.1\r\nHost: 169.254.169.254:443\r\n\r\n"), StringComparison.Ordinal);
        }

        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(server), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(ProxyServer server)
    {
        await using var client = await RawClient.ConnectAsync(server.Bound[0]);
        return await client.AskAsync("CONNECT c.test:443 HTTP/1.1\r\nHost: c.test:443\r\n\r\n");
    }
}
