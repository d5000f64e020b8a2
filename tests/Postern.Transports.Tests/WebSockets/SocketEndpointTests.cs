using System.Net;
using System.Net.WebSockets;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.WebSockets;

/// <summary><c>/ws</c>, and what <c>websocket_proxy</c> says about WebSockets however they were opened.</summary>
public sealed class SocketEndpointTests
{
    [Theory]
    [InlineData("", "http://plain.test", null)]
    [InlineData("websocket_proxy: { origin_policy: strip, forward_cookies: true }", null, "a=b")]
    [InlineData("websocket_proxy: { origin_policy: forward }", "own", null)]
    public async Task Says_of_where_the_client_comes_from_what_the_policy_wants(string yaml, string? origin, string? cookie)
    {
        await using var harness = await SocketTransports.StartAsync("ws");
        harness.World.Policies.Swap(TestPolicies.Default(yaml), "test");
        SocketUpstream.Behind(harness);
        var own = "http://" + harness.World.Address;

        using var socket = await SocketTransports.OpenAsync("ws", harness, options =>
        {
            options.SetRequestHeader("Origin", own);
            options.SetRequestHeader("Cookie", "a=b");
        });

        var headers = Assert.Single(harness.World.Upstream.Requests).Headers;
        Assert.Equal(origin is "own" ? own : origin is null ? null : $"{origin}:{harness.World.Upstream.Port}", headers.GetValueOrDefault("Origin"));
        Assert.Equal(cookie, headers.GetValueOrDefault("Cookie"));
        Assert.Equal($"plain.test:{harness.World.Upstream.Port}", headers["Host"]);
    }

    [Theory]
    [InlineData("/ws?url=ws%3A%2F%2Fplain.test%2F", 426, false)]
    [InlineData("/ws?url=http%3A%2F%2Fplain.test%2F", 400, true)]
    [InlineData("/ws?url=ftp%3A%2F%2Fplain.test%2F", 400, true)]
    [InlineData("/ws", 400, true)]
    [InlineData("/ws?url=ws%3A%2F%2F169.254.169.254%2F", 403, true)]
    [InlineData("/ws?url=ws%3A%2F%2Fplain.test%2F%3Fkey%3DSECRET", 403, true)]
    public async Task Answers_what_is_no_WebSocket_that_may_be_opened(string target, int status, bool upgrades)
    {
        await using var harness = await SocketTransports.StartAsync("ws");
        using var client = new HttpClient();

        using var response = await AskAsync(client, harness, target.Replace("SECRET", Leaks.Secret, StringComparison.Ordinal), upgrades);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(harness.World.Upstream.Requests);
    }

    [Fact]
    public async Task Takes_a_URL_that_nobody_encoded()
    {
        await using var harness = await SocketTransports.StartAsync("ws");
        SocketUpstream.Behind(harness);
        using var client = new HttpClient();

        using var response = await AskAsync(client, harness, $"/ws?url=ws://plain.test:{harness.World.Upstream.Port}/live?a=1&b=2", upgrades: true);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, response.StatusCode);
        Assert.Equal("/live?a=1&b=2", Assert.Single(harness.World.Upstream.Requests).Target);
    }

    [Theory]
    [InlineData("ws", 404)]
    [InlineData("absolute", 403)]
    public async Task None_is_opened_where_they_are_turned_off(string transport, int status)
    {
        await using var harness = await SocketTransports.StartAsync(transport);
        harness.World.Policies.Swap(TestPolicies.Default("websocket_proxy: { enabled: false }"), "test");
        using var client = new HttpClient();

        using var response = transport == "ws"
            ? await AskAsync(client, harness, "/ws?url=ws%3A%2F%2Fplain.test%2F", upgrades: true)
            : await SocketTransports.AskAsync(harness);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(harness.World.Upstream.Requests);
    }

    [Fact]
    public async Task One_beyond_the_bound_is_refused_until_another_ends()
    {
        await using var harness = await SocketTransports.StartAsync("ws");
        harness.World.Policies.Swap(TestPolicies.Default("websocket_proxy: { max_concurrent_connections: 1 }"), "test");
        var upstream = SocketUpstream.Behind(harness);
        using var first = await SocketTransports.OpenAsync("ws", harness);

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(harness));
        Assert.Contains("budget.too-many-websockets", harness.World.Evidence.RefusedRules);
        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await Sockets.EndOf(upstream);

        HttpStatusCode status;
        do
        {
            status = await StatusAsync(harness);
        }
        while (status == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, status);
    }

    [Theory]
    [MemberData(nameof(SocketTransports.All), MemberType = typeof(SocketTransports))]
    public async Task Refuses_binary_messages_where_only_text_may_pass(string transport)
    {
        await using var harness = await SocketTransports.StartAsync(transport);
        harness.World.Policies.Swap(TestPolicies.Default("websocket_proxy: { allow_binary_frames: false }"), "test");
        var upstream = SocketUpstream.Behind(harness);
        using var socket = await SocketTransports.OpenAsync(transport, harness);

        await socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, true, CancellationToken.None);

        Assert.Equal("1008 uninspectable.binary-message", await Sockets.ReceiveCloseAsync(socket));
        Assert.Equal("1008 uninspectable.binary-message", await Sockets.EndOf(upstream));
        Assert.Empty(upstream.Messages);
    }

    [Theory]
    [MemberData(nameof(SocketTransports.All), MemberType = typeof(SocketTransports))]
    public async Task Bounds_a_message_as_the_policy_says(string transport)
    {
        await using var harness = await SocketTransports.StartAsync(transport);
        harness.World.Policies.Swap(TestPolicies.Default("websocket_proxy: { max_message_bytes: 1024 }"), "test");
        SocketUpstream.Behind(harness);
        using var socket = await SocketTransports.OpenAsync(transport, harness);
        var longest = string.Concat(Enumerable.Repeat("a word. ", 128));
        await Sockets.SayAsync(socket, longest);
        Assert.Equal(longest, await Sockets.ReceiveAsync(socket));

        await Sockets.SayAsync(socket, longest + ".");

        Assert.Equal("1009 uninspectable.piece-too-large", await Sockets.ReceiveCloseAsync(socket));
    }

    [Theory]
    [InlineData("42[\"say\",{\"note\":\"@\"}]")]
    [InlineData("451-/room,7[\"say\",\"@\"]")]
    [InlineData("a[\"{\\\"note\\\":\\\"@\\\"}\"]")]
    [InlineData("{\"type\":1,\"arguments\":[\"@\"]}\u001e")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"say\",\"arguments\":{\"note\":\"@\"}}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"message/send\",\"params\":{\"message\":{\"parts\":[{\"kind\":\"text\",\"text\":\"@\"}]}}}")]
    public async Task Reads_what_envelopes_hold(string envelope)
    {
        await using var harness = await SocketTransports.StartAsync("ws");
        var upstream = SocketUpstream.Behind(harness);
        using var socket = await SocketTransports.OpenAsync("ws", harness);
        await Sockets.SayAsync(socket, envelope.Replace("@", "hello", StringComparison.Ordinal));
        Assert.NotNull(await Sockets.ReceiveAsync(socket));

        // Every second character escaped: only whoever reads JSON sees it.
        var depth = envelope.StartsWith('a') ? "\\\\" : "\\";
        var escaped = string.Concat(Leaks.Secret.Select((c, i) => i % 2 == 0 ? c.ToString() : $"{depth}u{(int)c:x4}"));
        await Sockets.SayAsync(socket, envelope.Replace("@", escaped, StringComparison.Ordinal));

        Assert.StartsWith("1008 secret.aws", await Sockets.ReceiveCloseAsync(socket), StringComparison.Ordinal);
        Assert.Single(upstream.Messages);
    }

    private static async Task<HttpStatusCode> StatusAsync(IHarness harness)
    {
        using var client = new HttpClient();
        using var response = await AskAsync(client, harness, $"/ws?url=ws%3A%2F%2Fplain.test:{harness.World.Upstream.Port}%2F", upgrades: true);
        return response.StatusCode;
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, IHarness harness, string target, bool upgrades)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://{harness.World.Address}{target}");
        if (upgrades)
        {
            SocketTransports.AsHandshake(request);
        }

        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
