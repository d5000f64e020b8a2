using System.Net;
using System.Net.Sockets;
using System.Text;
using Postern.Transports.Http;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.Tests.Http.Connect;
using Postern.Transports.Tests.Http.Tls;

namespace Postern.Transports.Tests.Transparent;

/// <summary>What a redirected connection gets that is not simply served.</summary>
public sealed class TransparentListenerTests
{
    private static readonly IPEndPoint s_original = new(IPAddress.Parse("192.0.2.1"), 8080);
    private static readonly byte[] s_get = "GET / HTTP/1.1\r\nHost: plain.test:8080\r\nConnection: close\r\n\r\n"u8.ToArray();

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: plain.test:8081\r\n\r\n", "protocol.authority-mismatch")]
    [InlineData("GET / HTTP/1.1\r\nHost: plain.test/x\r\n\r\n", "protocol.broken-frame")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "protocol.broken-frame")]
    [InlineData("SSH-2.0-client\r\n", "protocol.broken-frame")]
    public async Task Bytes_that_name_no_host_are_refused_on_record(string said, string rule)
    {
        await using var world = await StartAsync(s_original);

        var answer = await SayAsync(world, Encoding.ASCII.GetBytes(said));

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Equal([rule], world.Evidence.RefusedRules);
        Assert.Equal("transparent", Assert.Single(world.Evidence.Records).Transport);
    }

    [Fact]
    public async Task A_connection_that_nobody_redirected_is_refused()
    {
        await using var world = await StartAsync(null);

        Assert.StartsWith("HTTP/1.1 400 ", await SayAsync(world, s_get), StringComparison.Ordinal);
    }

    /// <summary>The system itself says that it was not redirected.</summary>
    [Fact]
    public async Task A_connection_straight_to_the_listener_was_not_redirected()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync(), static settings => settings with { Transparent = new IPEndPoint(IPAddress.Loopback, 0) });

        Assert.StartsWith("HTTP/1.1 400 ", await SayAsync(world, s_get), StringComparison.Ordinal);
        Assert.Empty(world.Lookups);
    }

    [Fact]
    public async Task A_connection_of_our_own_that_comes_back_is_refused()
    {
        await using var world = await StartAsync(s_original);

        Assert.StartsWith("HTTP/1.1 400 ", await SayAsync(world, s_get, static socket => new DialedStream(socket)), StringComparison.Ordinal);

        Assert.Empty(world.Lookups);
        Assert.StartsWith("HTTP/1.1 502 ", await SayAsync(world, s_get), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_the_policy_refuses_only_ends_where_TLS_is_spoken()
    {
        await using var world = await StartAsync(s_original);
        world.Policies.Swap(TestPolicies.Default("mode: strict\napi_allowlist: [elsewhere.test]"), "strict");

        Assert.Empty(await SayAsync(world, HelloBytes.Records(HelloBytes.Message(HelloBytes.ServerName("plain.test")))));

        Assert.Equal(["destination.not-allowlisted"], world.Evidence.RefusedRules);
        Assert.Empty(world.Lookups);
    }

    [Fact]
    public async Task Where_nobody_names_a_host_the_address_is_judged()
    {
        await using var world = await StartAsync(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 443));

        Assert.Empty(await SayAsync(world, HelloBytes.Records(HelloBytes.Message([]))));

        Assert.Equal(["destination.internal-address"], world.Evidence.RefusedRules);
    }

    private static async Task<World> StartAsync(IPEndPoint? original) => await World.StartAsync(
        await Upstream.StartAsync(),
        settings => settings with { Transparent = new IPEndPoint(IPAddress.Loopback, 0), Whither = _ => original });

    private static async Task<string> SayAsync(World world, byte[] said, Func<Socket, NetworkStream>? wrap = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(world.TransparentAddress, TestContext.Current.CancellationToken);
        await using var stream = wrap?.Invoke(socket) ?? new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(said, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString((await ProxyHarness.ReadToEndAsync(stream)).Bytes);
    }
}
