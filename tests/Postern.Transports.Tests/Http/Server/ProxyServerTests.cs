using System.Net;
using System.Net.Sockets;
using System.Text;
using Postern.Transports.Http.Server;
using Postern.Transports.Tests.Http.Connect;

namespace Postern.Transports.Tests.Http.Server;

public sealed class ProxyServerTests
{
    private static readonly IPEndPoint s_anyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Listens_on_every_endpoint_in_order()
    {
        await using var server = new ProxyServer([new ProxyEndpoint(s_anyPort), new ProxyEndpoint(new IPEndPoint(IPAddress.IPv6Loopback, 0))], new ProxyServerOptions());
        await server.StartAsync(TestApplication.ServeAsync, CancellationToken.None);

        Assert.Equal([AddressFamily.InterNetwork, AddressFamily.InterNetworkV6], server.Bound.Select(address => address.AddressFamily));
        Assert.DoesNotContain(server.Bound, address => address.Port == 0);
        foreach (var address in server.Bound)
        {
            Assert.Contains("GET /x HTTP/1.1 http no tunnel", await AskAsync(address, "GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Header_bytes_above_ascii_pass_both_ways_unchanged()
    {
        await using var server = await StartAsync(new ProxyServerOptions());

        var answer = await AskAsync(server.Bound[0], "GET /x HTTP/1.1\r\nHost: h\r\nX-Test: \u00e9\u00ff\r\nConnection: close\r\n\r\n");

        Assert.EndsWith("x=\u00e9\u00ff", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_differs_from_the_absolute_target_is_left_to_the_application()
    {
        await using var server = await StartAsync(new ProxyServerOptions());

        var answer = await AskAsync(server.Bound[0], "GET http://a.example/ HTTP/1.1\r\nHost: b.example\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X: ", 5000, "431")]
    [InlineData("", 11, "431")]
    public async Task Headers_beyond_the_bounds_are_refused(string prefix, int amount, string status)
    {
        await using var server = await StartAsync(new ProxyServerOptions(MaxRequestLineBytes: 4096, MaxHeaderBytes: 4096, MaxHeaderCount: 10));
        var headers = prefix.Length > 0 ? prefix + new string('x', amount) + "\r\n" : string.Concat(Enumerable.Range(0, amount).Select(i => $"X{i}: y\r\n"));

        Assert.StartsWith($"HTTP/1.1 {status} ", await AskAsync(server.Bound[0], $"GET / HTTP/1.1\r\nHost: h\r\n{headers}\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\nHost: h\n\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: h\nX: y\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost : h\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")]
    public async Task Requests_that_two_servers_would_read_differently_are_refused(string request)
    {
        await using var server = await StartAsync(new ProxyServerOptions());

        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync(server.Bound[0], request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_connection_does_not_delay_the_stop()
    {
        var proxy = await ProxyHarness.InterceptAsync();
        await using var silent = await proxy.ConnectAsync();
        await using (var other = await proxy.ConnectAsync())
        {
            await other.WriteAsync("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"u8.ToArray());
            // Accepted after the silent one, so that one is waiting in the middleware by now.
            await ProxyHarness.ReadToEndAsync(other);
        }

        await proxy.DisposeAsync();

        Assert.Empty((await ProxyHarness.ReadToEndAsync(silent)).Bytes);
    }

    [Fact]
    public async Task A_taken_address_is_an_error()
    {
        await using var first = await StartAsync(new ProxyServerOptions());
        await using var second = new ProxyServer([new ProxyEndpoint(first.Bound[0])], new ProxyServerOptions());

        await Assert.ThrowsAsync<IOException>(() => second.StartAsync(TestApplication.ServeAsync, CancellationToken.None));
    }

    private static async Task<ProxyServer> StartAsync(ProxyServerOptions options)
    {
        var server = new ProxyServer([new ProxyEndpoint(s_anyPort)], options);
        await server.StartAsync(TestApplication.ServeAsync, CancellationToken.None);
        return server;
    }

    private static async Task<string> AskAsync(IPEndPoint address, string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        return Encoding.Latin1.GetString((await ProxyHarness.ReadToEndAsync(stream)).Bytes);
    }
}
