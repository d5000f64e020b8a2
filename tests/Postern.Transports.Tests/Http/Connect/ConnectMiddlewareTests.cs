using System.Net.Sockets;
using System.Text;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.Tests.Http.Tls;

namespace Postern.Transports.Tests.Http.Connect;

public sealed class ConnectMiddlewareTests
{
    [Fact]
    public async Task A_refusal_shows_status_headers_and_body()
    {
        await using var proxy = await ProxyHarness.StartAsync(
            (_, _) => new TunnelRefusal(Reply.Own(403, "application/problem+json", "{\"title\":\"no\"}"u8.ToArray()).With("X-Postern-Block-Reason", "test")));

        var answer = await AskAsync(proxy, "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n");

        Assert.Equal(
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 14\r\nConnection: close\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\nX-Postern-Block-Reason: test\r\n\r\n{\"title\":\"no\"}",
            answer);
        Assert.True(proxy.Gate.IsQuiet);
    }

    [Fact]
    public async Task HttpClient_sees_the_status_of_a_refusal()
    {
        await using var proxy = await ProxyHarness.StartAsync((_, _) => new TunnelRefusal(Reply.Own(403, "text/plain", default)));
        using var client = proxy.Client(System.Net.HttpVersion.Version11);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("https://a.example/"));

        Assert.Contains("403", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_in_single_bytes_is_decided_once()
    {
        var decided = 0;
        await using var proxy = await ProxyHarness.StartAsync((request, _) =>
        {
            Interlocked.Increment(ref decided);
            return new TunnelRefusal(Reply.Own(403, "text/plain", request.Authority));
        });
        await using var stream = await proxy.ConnectAsync();
        foreach (var c in "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n")
        {
            await stream.WriteAsync(new[] { (byte)c });
        }

        Assert.EndsWith("\r\n\r\na.example:443", Encoding.Latin1.GetString((await ProxyHarness.ReadToEndAsync(stream)).Bytes), StringComparison.Ordinal);
        Assert.Equal(1, decided);
    }

    [Theory]
    [InlineData("CONNECT a.example HTTP/1.1\r\nHost: a.example\r\n\r\n", ConnectFault.Authority)]
    [InlineData("CONNECT a.example:443 HTTP/1.1\r\nHost: b.example\r\n\r\n", ConnectFault.HostMismatch)]
    [InlineData("CONNECT a.example:443 HTTP/1.1\nHost: a.example\n\n", ConnectFault.BareLineFeed)]
    internal async Task A_bad_head_is_refused_in_the_gates_words(string head, ConnectFault fault)
    {
        await using var proxy = await ProxyHarness.InterceptAsync();

        var answer = await AskAsync(proxy, head);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + fault, answer, StringComparison.Ordinal);
        Assert.Equal(fault, await proxy.Gate.FaultAsync());
    }

    [Fact]
    public async Task A_head_beyond_the_bound_is_refused()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();

        var answer = await AskAsync(proxy, "CONNECT a.example:443 HTTP/1.1\r\nX: " + new string('x', ConnectHeadReader.MaxBytes));

        Assert.EndsWith(nameof(ConnectFault.TooLarge), answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_trickles_in_is_cut_off()
    {
        var clock = new ManualClock(DateTimeOffset.UtcNow);
        await using var proxy = await ProxyHarness.StartAsync((_, _) => throw new InvalidOperationException(), clock: clock);
        var armed = clock.Armed(TunnelLimits.Default.Head);
        await using var stream = await proxy.ConnectAsync();
        await stream.WriteAsync("CONNECT a.exam"u8.ToArray());
        await armed;

        clock.Advance(TunnelLimits.Default.Head);

        Assert.StartsWith("HTTP/1.1 408 ", Encoding.Latin1.GetString((await ProxyHarness.ReadToEndAsync(stream)).Bytes), StringComparison.Ordinal);
        Assert.Equal(ConnectFault.Timeout, await proxy.Gate.FaultAsync());
    }

    [Fact]
    public async Task A_connection_that_never_speaks_is_closed()
    {
        var clock = new ManualClock(DateTimeOffset.UtcNow);
        await using var proxy = await ProxyHarness.StartAsync((_, _) => throw new InvalidOperationException(), clock: clock);
        var armed = clock.Armed(TunnelLimits.Default.FirstByte);
        await using var stream = await proxy.ConnectAsync();
        await armed;

        clock.Advance(TunnelLimits.Default.FirstByte);

        Assert.Empty((await ProxyHarness.ReadToEndAsync(stream)).Bytes);
    }

    [Fact]
    public async Task A_tunnel_that_stays_silent_is_closed()
    {
        var clock = new ManualClock(DateTimeOffset.UtcNow);
        await using var proxy = await ProxyHarness.StartAsync((request, leaves) => new InterceptTunnel(Clearance.Unruled("connect"), "a.example", 443, leaves), clock: clock);
        var armed = clock.Armed(TunnelLimits.Default.Opening);
        await using var stream = await proxy.TunnelAsync("a.example:443");
        await armed;

        clock.Advance(TunnelLimits.Default.Opening);

        Assert.Equal(TunnelEndReason.OpeningTimeout, (await proxy.Gate.EndAsync()).Reason);
        Assert.Empty((await ProxyHarness.ReadToEndAsync(stream)).Bytes);
    }

    [Fact]
    public async Task A_gate_that_throws_closes_without_an_answer()
    {
        await using var proxy = await ProxyHarness.StartAsync((_, _) => throw new InvalidOperationException());

        Assert.Equal("", await AskAsync(proxy, "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n"));
    }

    [Fact]
    public async Task Anything_else_reaches_the_application_untouched()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();

        var answer = await AskAsync(
            proxy,
            "GET http://plain.example/a%2fb/../c HTTP/1.1\r\nHost: plain.example\r\n\r\nCOPY http://plain.example/d HTTP/1.1\r\nHost: plain.example\r\nConnection: close\r\n\r\n");

        Assert.Contains("GET http://plain.example/a%2fb/../c HTTP/1.1 http no tunnel", answer, StringComparison.Ordinal);
        Assert.Contains("COPY http://plain.example/d HTTP/1.1 http no tunnel", answer, StringComparison.Ordinal);
        Assert.True(proxy.Gate.IsQuiet);
    }

    [Fact]
    public async Task A_method_that_starts_like_connect_reaches_the_application_byte_by_byte()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        await using var stream = await proxy.ConnectAsync();
        foreach (var c in "CONNECTION /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        {
            await stream.WriteAsync(new[] { (byte)c });
        }

        Assert.EndsWith("CONNECTION /x HTTP/1.1 http no tunnel x=", Encoding.Latin1.GetString((await ProxyHarness.ReadToEndAsync(stream)).Bytes), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(ProxyHarness proxy, string request)
    {
        await using var stream = await proxy.ConnectAsync();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        return Encoding.Latin1.GetString((await ProxyHarness.ReadToEndAsync(stream)).Bytes);
    }
}
