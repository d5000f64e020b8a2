using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Survival;

public sealed class TunnelBoundTests
{
    [Fact]
    public async Task A_tunnel_beyond_the_bound_is_refused_until_another_ends()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync(), settings => settings with { MaxTunnels = 2 });
        await using var first = await RawClient.ConnectAsync(world.Address);
        var second = await RawClient.ConnectAsync(world.Address);
        Assert.StartsWith("HTTP/1.1 200 ", await first.AskAsync("CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await second.AskAsync("CONNECT b.test:443 HTTP/1.1\r\nHost: b.test:443\r\n\r\n"), StringComparison.Ordinal);

        Assert.StartsWith("HTTP/1.1 429 ", await AskAsync(world), StringComparison.Ordinal);
        Assert.Contains("budget.too-many-tunnels", world.Evidence.RefusedRules);
        await second.DisposeAsync();

        string answer;
        do
        {
            answer = await AskAsync(world);
        }
        while (answer.StartsWith("HTTP/1.1 429 ", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_tunnel_takes_no_place()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync(), settings => settings with { MaxTunnels = 1 });
        for (var i = 0; i < 3; i++)
        {
            await using var refused = await RawClient.ConnectAsync(world.Address);
            Assert.StartsWith("HTTP/1.1 403 ", await refused.AskAsync("CONNECT 169.254.169.254:443 HTTP/1.1\r\nHost: 169.254.169.254:443\r\n\r\n"), StringComparison.Ordinal);
        }

        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(world), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(World world)
    {
        await using var client = await RawClient.ConnectAsync(world.Address);
        return await client.AskAsync("CONNECT c.test:443 HTTP/1.1\r\nHost: c.test:443\r\n\r\n");
    }
}
