using System.Net;
using System.Net.Sockets;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.Tests.Http.Connect;

namespace Postern.Transports.Tests.Socks;

/// <summary>What a client of the SOCKS5 listener is told, and what is on record of it.</summary>
public sealed class SocksListenerTests
{
    private const string Token = "token-of-the-builder-1";
    private static readonly byte[] s_greeting = [5, 1, 0];
    private static readonly byte[] s_agreed = [5, 0];

    public static TheoryData<byte[], byte[]> Refused => new()
    {
        { [4, 1, 0, 80, 127, 0, 0, 1, 0], [5, 0xFF] },
        { [.. "GET / HTTP/1.1\r\n\r\n"u8], [5, 0xFF] },
        { [5, 1, 1], [5, 0xFF] },
        { [.. s_greeting, 5, 2, 0, 1, 127, 0, 0, 1, 0, 80], [.. s_agreed, .. Answer(7)] },
        { [.. s_greeting, 5, 3, 0, 1, 127, 0, 0, 1, 0, 80], [.. s_agreed, .. Answer(7)] },
        { [.. s_greeting, 5, 1, 0, 9, 127, 0, 0, 1, 0, 80], [.. s_agreed, .. Answer(8)] },
        { [.. s_greeting, 5, 1, 0, 3, 1, (byte)'/', 0, 80], [.. s_agreed, .. Answer(1)] },
        { [5, 1, 2, 9], [5, 2, 1, 1] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Bytes_that_ask_for_nothing_are_refused_on_record_and_the_next_client_is_served(byte[] said, byte[] answer)
    {
        await using var world = await StartAsync();

        Assert.Equal(answer, await SayAsync(world, said));

        var kept = Assert.Single(world.Evidence.Records);
        Assert.Equal(("socks", "protocol.broken-frame"), (kept.Transport, Assert.Single(kept.Rules)));
        var next = await SayAsync(world, [.. s_greeting, .. To("opaque.test", world.Upstream.Port)], s_agreed.Length + 10);
        Assert.Equal([.. s_agreed, .. Answer(0)], next);
    }

    [Fact]
    public async Task A_host_that_the_policy_refuses_is_not_looked_up()
    {
        await using var world = await StartAsync();
        world.Policies.Swap(TestPolicies.Default("mode: strict\napi_allowlist: [elsewhere.test]"), "strict");

        var answer = await SayAsync(world, [.. s_greeting, .. To("plain.test", 443)]);

        Assert.Equal([.. s_agreed, .. Answer(2)], answer);
        Assert.Empty(world.Lookups);
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_unreachable()
    {
        await using var world = await StartAsync();
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var answer = await SayAsync(world, [.. s_greeting, .. To("opaque.test", ((IPEndPoint)taken.LocalEndPoint!).Port)]);

        Assert.Equal([.. s_agreed, .. Answer(4)], answer);
    }

    [Theory]
    [InlineData(Token, 0, "builder")]
    [InlineData("token-of-the-builder-2", 2, "local")]
    public async Task The_password_says_which_agent_it_is(string password, byte answered, string actor)
    {
        await using var world = await StartAsync();
        world.Policies.Swap(TestPolicies.Default($"agents: [{{ name: builder, tokens: [{Token}] }}]"), "agents");
        byte[] signIn = [1, 4, .. "name"u8, (byte)password.Length, .. System.Text.Encoding.ASCII.GetBytes(password)];

        var answer = await SayAsync(world, [5, 2, 0, 2, .. signIn, .. To("secure.test", world.Upstream.Port)], 14);

        Assert.Equal([5, 2, 1, 0, .. Answer(answered)], answer);
        Assert.All(world.Evidence.Records, kept => Assert.Equal(actor, kept.Actor));
    }

    private static async Task<World> StartAsync() =>
        await World.StartAsync(await Upstream.StartAsync(), static settings => settings with { Socks = new IPEndPoint(IPAddress.Loopback, 0) });

    private static byte[] Answer(byte code) => [5, code, 0, 1, 0, 0, 0, 0, 0, 0];

    private static byte[] To(string host, int port) => [5, 1, 0, 3, (byte)host.Length, .. System.Text.Encoding.ASCII.GetBytes(host), (byte)(port >> 8), (byte)port];

    /// <summary>Says it all at once, which no client has to wait with, and reads so many bytes or to the end.</summary>
    private static async Task<byte[]> SayAsync(World world, byte[] said, int? count = null)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(world.SocksAddress, TestContext.Current.CancellationToken);
        var stream = new NetworkStream(socket);
        await stream.WriteAsync(said, TestContext.Current.CancellationToken);
        if (count is null)
        {
            return (await ProxyHarness.ReadToEndAsync(stream)).Bytes;
        }

        var answer = new byte[count.Value];
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        return answer;
    }
}
