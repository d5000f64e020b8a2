using System.Net;
using Postern.Transports.Http.Reverse;
using Postern.Transports.Tests.Conformance;
using Xunit;

namespace Postern.Transports.Tests.Http.Reverse;

public sealed class ReverseListenerTests
{
    [Fact]
    public async Task The_server_sees_its_own_name_and_no_claim_of_where_the_request_came_from()
    {
        await using var harness = await ReverseHarness.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "192.0.2.1");
        request.Headers.TryAddWithoutValidation("Forwarded", "for=192.0.2.1");
        request.Headers.Host = "front.example";

        using var response = await harness.Client.SendAsync(request);

        var received = Assert.Single(harness.World.Upstream.Requests);
        Assert.Equal($"plain.test:{harness.World.Upstream.Port}", received.Headers["Host"]);
        Assert.DoesNotContain(received.Headers.Keys, static name => name.Contains("Forwarded", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/a/%2e%2E/b")]
    [InlineData("/a/..%2fb")]
    [InlineData("/a/.")]
    [InlineData("/a\\..\\b")]
    public async Task A_path_that_another_reader_would_take_for_another_is_refused(string target)
    {
        await using var harness = await ReverseHarness.StartAsync();

        using var response = await harness.Client.GetAsync(new Uri(harness.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        Assert.False(response.IsSuccessStatusCode);
        Assert.Empty(harness.World.Upstream.Requests);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_left_alone_while_the_other_answers()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        var target = new ReverseTarget("", "", [new Uri("http://plain.test:1"), new Uri($"http://plain.test:{world.Upstream.Port}")], "");
        await using var listener = new ReverseListener(world.Parts, new ReverseSettings(new IPEndPoint(IPAddress.Loopback, 0), [target]) { Rest = TimeSpan.FromHours(1) });
        await listener.StartAsync(CancellationToken.None);
        using var client = new HttpClient();
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 6; i++)
        {
            using var response = await client.GetAsync(new Uri($"http://{listener.Address}/"));
            answers.Add(response.StatusCode);
        }

        Assert.InRange(answers.Count(static status => status == HttpStatusCode.BadGateway), 0, 1);
        Assert.Equal(HttpStatusCode.OK, answers[^1]);
    }

    [Fact]
    public async Task Health_is_asked_before_anybody_needs_it()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        var asked = new TaskCompletionSource();
        world.Upstream.Answer = (features, _) =>
        {
            asked.TrySetResult();
            return Upstream.Text(features, "well");
        };
        var target = new ReverseTarget("", "", [new Uri($"http://127.0.0.1:{world.Upstream.Port}")], "/health");
        await using var listener = new ReverseListener(world.Parts, new ReverseSettings(new IPEndPoint(IPAddress.Loopback, 0), [target]));

        await listener.StartAsync(CancellationToken.None);

        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("/health", world.Upstream.Requests.First().Target);
    }

    [Fact]
    public async Task Http_2_without_tls_is_spoken_with_whoever_begins_with_it()
    {
        await using var harness = await ReverseHarness.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await harness.Client.SendAsync(request);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal("ok", await response.Content.ReadAsStringAsync());
    }
}
