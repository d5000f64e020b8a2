using System.IO.Compression;
using System.Text;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Icap;

/// <summary>What a client of the ICAP listener is told.</summary>
public sealed class IcapListenerTests
{
    [Theory]
    [InlineData("reqmod", "REQMOD")]
    [InlineData("respmod", "RESPMOD")]
    public async Task Says_what_a_service_does_and_which_policy_holds(string service, string method)
    {
        await using var harness = (IcapHarness)await IcapHarness.StartAsync();
        await using var wire = await IcapWire.OpenAsync(harness.Address);
        var ask = $"OPTIONS icap://p/{service} ICAP/1.0\r\nHost: p\r\n\r\n";

        await wire.SayAsync(ask);
        var said = await wire.HeadAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("ICAP/1.0 200 OK\r\n", said, StringComparison.Ordinal);
        Assert.All((string[])["Methods: " + method, "Allow: 204", "Preview: 0", "Options-TTL: 60", "Max-Connections: 1000", "Encapsulated: null-body=0", "ISTag: \"1-test\""], line => Assert.Contains("\r\n" + line + "\r\n", said, StringComparison.Ordinal));

        harness.World.Policies.Swap(TestPolicies.Default("mode: strict\napi_allowlist: [plain.test]"), "swapped");
        await wire.SayAsync(ask);
        Assert.Contains("ISTag: \"2-swapped\"", await wire.HeadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Allow: 204\r\n", null)]
    [InlineData("Allow: 204, 206\r\n", "4\r\nnote\r\n0\r\n\r\n")]
    [InlineData("Preview: 4\r\n", "4\r\nnote\r\n0; ieof\r\n\r\n")]
    [InlineData("Preview: 0\r\n", "0; ieof\r\n\r\n")]
    public async Task What_the_client_kept_is_not_given_back(string fields, string? body)
    {
        var (answer, _, _) = await TellAsync(IcapText.Reqmod(IcapText.Post(), body, fields));

        Assert.StartsWith("ICAP/1.0 204 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_client_did_not_keep_is_given_back()
    {
        var (answer, head, body) = await TellAsync(IcapText.Reqmod(IcapText.Post("X-Note: a, b\r\nContent-Length: 4\r\n"), IcapText.Chunked("note"), ""));

        Assert.StartsWith("ICAP/1.0 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Equal("POST http://plain.test/ HTTP/1.1\r\nHost: plain.test\r\nContent-Type: text/plain\r\nX-Note: a, b\r\nAccept-Encoding: identity\r\nContent-Length: 4\r\n\r\n", head);
        Assert.Equal("note", body);
        Assert.Contains($"Encapsulated: req-hdr=0, req-body={head.Length}\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Accept-Encoding: gzip, br;q=0.5\r\n", true)]
    [InlineData("Accept-Encoding: gzip, zstd\r\n", false)]
    [InlineData("X-Forwarded-For: 10.0.0.1\r\n", false)]
    [InlineData("X-Postern-Agent-Token: x\r\n", false)]
    [InlineData("Connection: keep-alive\r\n", true)]
    public async Task A_field_that_does_not_go_on_is_taken_away(string field, bool isKept)
    {
        var (answer, head, _) = await TellAsync(IcapText.Reqmod(IcapText.Get(fields: field)));

        Assert.StartsWith(isKept ? "ICAP/1.0 204 " : "ICAP/1.0 200 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(field, head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_for_the_rest_of_what_was_shown_and_takes_back_nothing_then()
    {
        await using var harness = (IcapHarness)await IcapHarness.StartAsync();
        await using var wire = await IcapWire.OpenAsync(harness.Address);

        await wire.SayAsync(IcapText.Reqmod(IcapText.Post(), "4\r\nshow\r\n0\r\n\r\n", "Preview: 4\r\n"));
        Assert.Equal("ICAP/1.0 100 Continue\r\n\r\n", await wire.HeadAsync(TestContext.Current.CancellationToken));
        await wire.SayAsync(IcapText.Chunked("n and more"));

        Assert.StartsWith("ICAP/1.0 200 ", await wire.HeadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await wire.HeadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("shown and more", await wire.BodyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_refusal_is_the_answer_of_HTTP_and_the_connection_goes_on()
    {
        await using var harness = (IcapHarness)await IcapHarness.StartAsync();
        await using var wire = await IcapWire.OpenAsync(harness.Address);

        // All at once: one is served after the other. The body of a response that is refused with its request is not asked for.
        var leak = IcapText.Get("http://plain.test/?k=" + Leaks.Secret);
        await wire.SayAsync(IcapText.Respmod(leak, IcapText.Ok(), "0\r\n\r\n", "Preview: 0\r\n") + IcapText.Reqmod(IcapText.Get()));

        Assert.Contains("Encapsulated: res-hdr=0, res-body=", await wire.HeadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var head = await wire.HeadAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", head, StringComparison.Ordinal);
        Assert.Contains("X-Postern-Block-Reason: secret.aws", head, StringComparison.Ordinal);
        Assert.Contains("Refused by Postern", await wire.BodyAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("ICAP/1.0 204 ", await wire.HeadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coded_response_leaves_as_it_was_read()
    {
        using var coded = new MemoryStream();
        using (var gzip = new GZipStream(coded, CompressionMode.Compress))
        {
            gzip.Write("plain words"u8);
        }

        var (answer, head, body) = await TellAsync(IcapText.Respmod(IcapText.Get(), IcapText.Ok("Content-Encoding: gzip\r\n"), IcapText.Chunked(Encoding.Latin1.GetString(coded.ToArray()))));

        Assert.StartsWith("ICAP/1.0 200 ", answer, StringComparison.Ordinal);
        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 11\r\n\r\n", head);
        Assert.Equal("plain words", body);
    }

    [Theory]
    [InlineData("GET http://plain.test/?k=SECRET HTTP/1.1\r\nHost: plain.test\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "403")]
    [InlineData("GET http://plain.test/ HTTP/1.1\r\nHost: elsewhere.test\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "400")]
    [InlineData("GET http://plain.test/ HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "400")]
    [InlineData("GET http://plain.test/ HTTP/1.1\r\nHost: plain.test\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "403")]
    [InlineData("GET http://plain.test/ HTTP/1.1\r\nHost: plain.test\r\n\r\n", "HTTP/1.1 099 Odd\r\n\r\n", "502")]
    [InlineData("GET http://plain.test/ HTTP/1.1\r\nHost: plain.test\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n", "403")]
    public async Task A_response_is_refused_with_its_request_and_for_itself(string asked, string answered, string status)
    {
        var (_, head, body) = await TellAsync(IcapText.Respmod(asked.Replace("SECRET", Leaks.Secret, StringComparison.Ordinal), answered, IcapText.Chunked("the answer")));

        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.DoesNotContain("the answer", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_and_response_are_one_exchange()
    {
        await using var harness = (IcapHarness)await IcapHarness.StartAsync();
        await using var wire = await IcapWire.OpenAsync(harness.Address);

        await wire.SayAsync(IcapText.Reqmod(IcapText.Get()));
        await wire.HeadAsync(TestContext.Current.CancellationToken);
        await wire.SayAsync(IcapText.Respmod(IcapText.Get(), IcapText.Ok(), IcapText.Chunked("fine")));
        Assert.StartsWith("ICAP/1.0 204 ", await wire.HeadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Equal([Direction.Outbound, Direction.Inbound], harness.World.Evidence.Records.Select(static kept => kept.Direction));
    }

    [Fact]
    public async Task A_call_of_MCP_is_judged_as_one_and_its_answer_with_it()
    {
        await using var harness = (IcapHarness)await IcapHarness.StartAsync();
        await using var wire = await IcapWire.OpenAsync(harness.Address);
        const string Head = "POST http://plain.test/mcp HTTP/1.1\r\nHost: plain.test\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n\r\n";
        var call = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"note","arguments":{"text":"WORD"}}}""";

        await wire.SayAsync(IcapText.Reqmod(Head, IcapText.Chunked(call.Replace("WORD", Leaks.Secret, StringComparison.Ordinal))));
        await wire.HeadAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 200 ", await wire.HeadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var refused = await wire.BodyAsync(TestContext.Current.CancellationToken);
        Assert.All((string[])["\"id\":7", "\"isError\":true"], part => Assert.Contains(part, refused, StringComparison.Ordinal));

        await wire.SayAsync(IcapText.Reqmod(Head, IcapText.Chunked(call.Replace("WORD", "milk", StringComparison.Ordinal))));
        Assert.StartsWith("ICAP/1.0 204 ", await wire.HeadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var unasked = """{"jsonrpc":"2.0","id":8,"result":{"content":[]}}""";
        await wire.SayAsync(IcapText.Respmod(Head, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", IcapText.Chunked(unasked)));
        Assert.StartsWith("ICAP/1.0 200 ", await wire.HeadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await wire.HeadAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("\"id\":8", await wire.BodyAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT plain.test:443 HTTP/1.1\r\nHost: plain.test:443\r\n\r\n", "204")]
    [InlineData("CONNECT plain.test HTTP/1.1\r\nHost: plain.test\r\n\r\n", "200")]
    [InlineData("CONNECT 169.254.169.254:443 HTTP/1.1\r\nHost: 169.254.169.254:443\r\n\r\n", "200")]
    public async Task A_tunnel_is_judged_by_where_it_leads(string connect, string status)
    {
        var (answer, head, _) = await TellAsync(IcapText.Reqmod(connect));

        Assert.StartsWith($"ICAP/1.0 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(status == "200", head.StartsWith("HTTP/1.1 4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "local", false)]
    [InlineData("X-Authenticated-User: bGFi\r\n", "local", true)]
    [InlineData("X-Authenticated-User: Local://lab\r\n", "local", true)]
    [InlineData("X-Client-IP: 10.20.0.7\r\n", "local", true)]
    [InlineData("X-Client-IP: 10.21.0.7\r\n", "local", false)]
    [InlineData("X-Postern-Agent-Token: a-long-random-token\r\nX-Client-IP: 10.20.0.7\r\n", "lab", false)]
    public async Task The_proxy_is_who_acts_and_its_client_is_a_claim(string fields, string actor, bool isClaimed)
    {
        await using var harness = (IcapHarness)await IcapHarness.StartAsync();
        harness.World.Policies.Swap(TestPolicies.Default("agents: [{ name: lab, source_cidrs: [10.20.0.0/16], tokens: [\"a-long-random-token\"] }]"), "agents");
        await using var wire = await IcapWire.OpenAsync(harness.Address);

        await wire.SayAsync(IcapText.Reqmod(IcapText.Get(), fields: "Allow: 204\r\n" + fields));
        Assert.StartsWith("ICAP/1.0 204 ", await wire.HeadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var kept = Assert.Single(harness.World.Evidence.Records);
        Assert.Equal(actor, kept.Actor);
        Assert.Equal(isClaimed, kept.Rules.Contains("session.agent-claimed"));
    }

    private static async Task<(string Answer, string Head, string Body)> TellAsync(string text)
    {
        await using var harness = (IcapHarness)await IcapHarness.StartAsync();
        await using var wire = await IcapWire.OpenAsync(harness.Address);
        await wire.SayAsync(text);
        var answer = await wire.HeadAsync(TestContext.Current.CancellationToken);
        var head = answer.Contains("-hdr=0", StringComparison.Ordinal) ? await wire.HeadAsync(TestContext.Current.CancellationToken) : string.Empty;
        return (answer, head, answer.Contains("-body=", StringComparison.Ordinal) && !answer.Contains("null-body", StringComparison.Ordinal) ? await wire.BodyAsync(TestContext.Current.CancellationToken) : string.Empty);
    }
}
