using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Survival;

/// <summary>What can be done with a connection besides one well-formed request.</summary>
public sealed class ConnectionTests(BothWays ways) : IClassFixture<BothWays>
{
    public static TheoryData<string> Ways => ["forward", "intercept-h1"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_pipelined_request_is_inspected_like_the_first(string transport)
    {
        var (harness, prefix, authority) = At(transport);
        await using var client = await ways.ConnectAsync(transport);

        await client.SendAsync(
            $"GET {prefix}/one HTTP/1.1\r\nHost: {authority}\r\n\r\nGET {prefix}/two?k={Leaks.Secret} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");

        var answers = await client.ReadUntilAsync("HTTP/1.1 403 ");
        Assert.StartsWith("HTTP/1.1 200 ", answers, StringComparison.Ordinal);
        Assert.Equal("/one", Assert.Single(harness.World.Upstream.Requests).Target);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_connect_that_is_not_the_first_request_is_refused(string transport)
    {
        var (harness, prefix, authority) = At(transport);
        await using var client = await ways.ConnectAsync(transport);
        await client.SendAsync($"GET {prefix}/one HTTP/1.1\r\nHost: {authority}\r\n\r\n");
        await client.ReadUntilAsync("\r\n\r\nok");

        await client.SendAsync($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n");

        var answer = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("protocol.broken-frame", answer, StringComparison.Ordinal);
        Assert.Contains("protocol.broken-frame", harness.World.Evidence.RefusedRules);
    }

    [Fact]
    public async Task An_absolute_target_inside_a_tunnel_is_refused()
    {
        var (harness, _, authority) = At("intercept-h1");
        await using var client = await ways.ConnectAsync("intercept-h1");

        var answer = await client.AskAsync($"GET http://elsewhere.test/x HTTP/1.1\r\nHost: {authority}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("protocol.authority-mismatch", answer, StringComparison.Ordinal);
        Assert.Empty(harness.World.Upstream.Requests);
    }

    [Theory]
    [InlineData("other.test")]
    [InlineData("secure.test")]
    [InlineData("secure.test:1")]
    public async Task A_host_inside_a_tunnel_is_the_tunnels(string host)
    {
        var (harness, _, _) = At("intercept-h1");
        await using var client = await ways.ConnectAsync("intercept-h1");

        var answer = await client.AskAsync($"GET /x HTTP/1.1\r\nHost: {host}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("protocol.authority-mismatch", answer, StringComparison.Ordinal);
        Assert.Empty(harness.World.Upstream.Requests);
    }

    [Fact]
    public async Task The_host_that_is_sent_on_is_that_of_the_target_whatever_the_header_says()
    {
        var (harness, prefix, authority) = At("forward");
        await using var client = await ways.ConnectAsync("forward");

        var answer = await client.AskAsync($"GET {prefix}/x HTTP/1.1\r\nHost: elsewhere.test\r\n\r\n");

        // RFC 9112 §3.2.2: a proxy ignores the header it receives.
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(authority, Assert.Single(harness.World.Upstream.Requests).Headers["Host"]);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_client_that_waits_for_100_gets_it_and_no_leak_follows(string transport)
    {
        var (harness, prefix, authority) = At(transport);
        await using var client = await ways.ConnectAsync(transport);
        await client.SendAsync($"POST {prefix}/x HTTP/1.1\r\nHost: {authority}\r\nExpect: 100-continue\r\nContent-Length: {Leaks.Secret.Length}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100 ", await client.ReadHeadAsync(), StringComparison.Ordinal);

        await client.SendAsync(Leaks.Secret);

        Assert.StartsWith("HTTP/1.1 403 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Empty(harness.World.Upstream.Requests);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task HTTP_1_0_is_served_and_closed(string transport)
    {
        var (harness, prefix, authority) = At(transport);
        await using var client = await ways.ConnectAsync(transport);

        await client.SendAsync($"GET {prefix}/x HTTP/1.0\r\nHost: {authority}\r\n\r\n");

        Assert.EndsWith("ok", await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Single(harness.World.Upstream.Requests);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_unknown_method_is_passed_as_it_is(string transport)
    {
        var (harness, prefix, authority) = At(transport);
        await using var client = await ways.ConnectAsync(transport);

        var answer = await client.AskAsync($"M-SEARCH {prefix}/x HTTP/1.1\r\nHost: {authority}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal("M-SEARCH", Assert.Single(harness.World.Upstream.Requests).Method);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Chunk_extensions_trailers_and_hop_headers_of_a_request_go_no_further(string transport)
    {
        var (harness, prefix, authority) = At(transport);
        await using var client = await ways.ConnectAsync(transport);

        var answer = await client.AskAsync(
            $"POST {prefix}/x HTTP/1.1\r\nHost: {authority}\r\nTransfer-Encoding: chunked\r\nConnection: X-Hop\r\nX-Hop: {Leaks.Secret}\r\nX-Postern-Agent: forged\r\nTrailer: X-T\r\n\r\n"
            + $"5;ext={Leaks.Secret}\r\nhello\r\n0\r\nX-T: {Leaks.Secret}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        var received = Assert.Single(harness.World.Upstream.Requests);
        Assert.Equal("hello", received.Body);
        Assert.DoesNotContain(Leaks.Secret, received.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("forged", received.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\nhalf")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\na\r\nhalf")]
    public async Task A_body_that_ends_early_goes_no_further(string rest)
    {
        var (harness, prefix, authority) = At("forward");
        await using var client = await ways.ConnectAsync("forward");
        await client.SendAsync($"POST {prefix}/x HTTP/1.1\r\nHost: {authority}\r\n{rest}");

        client.FinishSending();
        await client.ReadToEndAsync();

        Assert.Equal(200, (int)(await harness.Client.GetAsync("after")).StatusCode);
        Assert.Equal("/after", Assert.Single(harness.World.Upstream.Requests).Target);
    }

    [Fact]
    public async Task A_client_that_resets_in_a_long_upload_resets_the_upstream_too()
    {
        var (harness, prefix, authority) = At("forward");
        var client = await ways.ConnectAsync("forward");
        await client.SendAsync($"POST {prefix}/x HTTP/1.1\r\nHost: {authority}\r\nContent-Length: 5000000\r\n\r\n");
        await client.SendAsync(new string('.', 3_000_000));
        await ways.UntilAsync(() => !harness.World.Upstream.Requests.IsEmpty);

        client.Reset();
        await harness.Client.GetAsync("after");

        Assert.False(harness.World.Upstream.Requests.First().Completed);
    }

    [Fact]
    public async Task A_length_that_the_client_announced_is_announced_to_the_upstream()
    {
        var (harness, prefix, authority) = At("forward");
        await using var client = await ways.ConnectAsync("forward");

        var answer = await client.AskAsync($"POST {prefix}/x HTTP/1.1\r\nHost: {authority}\r\nContent-Length: 3000000\r\n\r\n{new string('.', 3_000_000)}");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        var received = Assert.Single(harness.World.Upstream.Requests);
        Assert.Equal("3000000", received.Headers["Content-Length"]);
        Assert.Equal(3_000_000, received.Body.Length);
    }

    [Fact]
    public async Task A_head_that_takes_its_time_costs_nobody_else()
    {
        var (harness, prefix, authority) = At("forward");
        await using var slow = await ways.ConnectAsync("forward");
        await slow.SendAsync($"GET {prefix}/slow HTTP/1.1\r\nHost: {authority}\r\nX: ");

        Assert.Equal(200, (int)(await harness.Client.GetAsync("quick")).StatusCode);
        await slow.SendAsync("y\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await slow.ReadHeadAsync(), StringComparison.Ordinal);
    }

    private (IHarness Harness, string Prefix, string Authority) At(string transport)
    {
        var harness = ways[transport];
        harness.World.Upstream.Requests.Clear();
        harness.World.Evidence.Records.Clear();
        return (harness, ways.PrefixOf(transport), harness.Client.BaseAddress!.Authority);
    }
}
