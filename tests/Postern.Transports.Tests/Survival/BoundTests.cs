using System.IO.Compression;
using System.Net;
using System.Text;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Survival;

/// <summary>Bounds that a policy sets, and loads that must not break the house.</summary>
public sealed class BoundTests
{
    [Theory]
    [InlineData(2000, false, 200)]
    [InlineData(2001, false, 413)]
    [InlineData(2000, true, 200)]
    [InlineData(2001, true, 413)]
    public async Task A_body_beyond_the_policys_bound_is_a_413_with_or_without_a_length(int length, bool isChunked, int expected)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var world = await World.StartAsync(upstream, TestPolicies.Default("request_body_scanning:\n  max_body_bytes: 2000"));
        await using var client = await RawClient.ConnectAsync(world.Address);
        var body = new string('.', length);
        var framed = isChunked ? $"Transfer-Encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n" : $"Content-Length: {length}\r\n\r\n{body}";

        var answer = await client.AskAsync($"POST http://plain.test:{upstream.Port}/x HTTP/1.1\r\nHost: plain.test:{upstream.Port}\r\n{framed}");

        Assert.StartsWith($"HTTP/1.1 {expected} ", answer, StringComparison.Ordinal);
        Assert.Equal(expected == 200 ? 1 : 0, upstream.Requests.Count);
        Assert.Equal(expected == 413, world.Evidence.RefusedRules.Contains("uninspectable.body-too-large"));
    }

    [Fact]
    public async Task A_streamed_upload_ends_at_the_bound_and_never_looks_complete()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var world = await World.StartAsync(upstream, TestPolicies.Default("request_body_scanning:\n  max_body_bytes: 2000000"));
        await using var client = await RawClient.ConnectAsync(world.Address);
        var part = $"{1_000_000:x}\r\n{new string('.', 1_000_000)}\r\n";

        var answer = await client.AskAsync(
            $"POST http://plain.test:{upstream.Port}/x HTTP/1.1\r\nHost: plain.test:{upstream.Port}\r\nTransfer-Encoding: chunked\r\n\r\n{part}{part}{part}0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(upstream.Requests, static request => request.Completed || request.Body.Length > 2_000_000);
    }

    [Fact]
    public async Task A_bomb_is_refused_in_both_directions()
    {
        using var coded = new MemoryStream();
        await using (var gzip = new GZipStream(coded, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[20_000_000]);
        }

        await using var harness = await ForwardHarness.StartAsync();
        harness.World.Upstream.Answer = (features, _) => Upstream.Bytes(features, coded.ToArray(), ("Content-Encoding", "gzip"));
        using var content = new ByteArrayContent(coded.ToArray());
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(HttpStatusCode.Forbidden, (await harness.Client.PostAsync("bomb", content)).StatusCode);
        Assert.DoesNotContain(harness.World.Upstream.Requests, static request => request.Completed);
        Assert.Equal(HttpStatusCode.Forbidden, (await harness.Client.GetAsync("bomb")).StatusCode);
        Assert.Equal(2, harness.World.Evidence.RefusedRules.Count(static rule => rule == "uninspectable.decompression-bomb"));
    }

    [Theory]
    [InlineData("deep JSON")]
    [InlineData("duplicate keys")]
    [InlineData("invalid UTF-8")]
    [InlineData("a flood of prefixes")]
    [InlineData("a flood of escapes")]
    public async Task A_hostile_body_is_decided_in_seconds(string name)
    {
        var body = name switch
        {
            "deep JSON" => Encoding.ASCII.GetBytes(new string('[', 400_000) + new string(']', 400_000)),
            "duplicate keys" => Encoding.ASCII.GetBytes("{" + string.Join(',', Enumerable.Repeat("\"a\":1", 150_000)) + "}"),
            "invalid UTF-8" => [.. "{\"a\":\""u8, .. Enumerable.Repeat((byte)0xC3, 900_000), .. "\"}"u8],
            "a flood of prefixes" => Encoding.ASCII.GetBytes("{\"a\":\"" + string.Concat(Enumerable.Repeat("AKIAghp_sk-ant-xoxb-eyJ", 40_000)) + "\"}"),
            _ => Encoding.ASCII.GetBytes("{\"a\":\"" + string.Concat(Enumerable.Repeat("\\u0041%41&#65;", 60_000)) + "\"}"),
        };
        await using var harness = await ForwardHarness.StartAsync();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        var response = await harness.Client.PostAsync("x", content, patience.Token);

        Assert.Contains((int)response.StatusCode, new[] { 200, 400, 403 });
        Assert.Equal(response.StatusCode == HttpStatusCode.OK ? 1 : 0, harness.World.Upstream.Requests.Count);
        Assert.Equal(HttpStatusCode.OK, (await harness.Client.GetAsync("after", patience.Token)).StatusCode);
    }

    [Fact]
    public async Task A_thousand_connections_at_once_are_all_served()
    {
        await using var harness = await ForwardHarness.StartAsync();
        var authority = harness.Client.BaseAddress!.Authority;
        var clients = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => RawClient.ConnectAsync(harness.World.Address)));

        var answers = await Task.WhenAll(clients.Select((client, i) =>
            client.AskAsync($"GET http://{authority}/n{i} HTTP/1.1\r\nHost: {authority}\r\n\r\n")));

        Assert.All(answers, static answer => Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal));
        Assert.Equal(1000, harness.World.Upstream.Requests.Select(static request => request.Target).Distinct().Count());
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_policy_that_changes_under_load_breaks_no_exchange()
    {
        await using var harness = await ForwardHarness.StartAsync();
        var policies = new[] { TestPolicies.Default(), TestPolicies.Default() };

        var statuses = await Task.WhenAll(Enumerable.Range(0, 16).Select(async worker =>
        {
            var seen = new List<HttpStatusCode>();
            for (var i = 0; i < 25; i++)
            {
                if (worker == 0)
                {
                    harness.World.Policies.Swap(policies[i % 2], "again");
                }

                using var response = await harness.Client.GetAsync("page");
                seen.Add(response.StatusCode);
            }

            return seen;
        }));

        Assert.All(statuses.SelectMany(static seen => seen), static status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(26, harness.World.Policies.Current.Revision);
    }
}
