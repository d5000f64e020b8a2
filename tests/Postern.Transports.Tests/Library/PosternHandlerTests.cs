using System.Net;
using Postern.AspNetCore;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Library;

public sealed class PosternHandlerTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("postern-library-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task A_refusal_is_an_exception_that_says_why_and_holds_nothing_of_the_message()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var checkpoint = Open();
        using var client = Client(checkpoint, upstream);

        var refusal = await Assert.ThrowsAsync<PosternRefusalException>(() => client.PostAsync("x", new StringContent($$"""{"memo":"{{Leaks.Secret}}"}""", null, "application/json"), TestContext.Current.CancellationToken));

        Assert.Equal((HttpStatusCode.Forbidden, "body$.memo"), (refusal.StatusCode, refusal.Where));
        Assert.StartsWith("secret.aws", refusal.Rule, StringComparison.Ordinal);
        Assert.All(new[] { refusal.Evidence, refusal.Remedy }, Assert.NotEmpty);
        Assert.DoesNotContain(Leaks.Secret, refusal.ToString(), StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData("mode: balancd", "mode")]
    [InlineData("no_such_key: 1", "no_such_key")]
    public async Task A_wrong_configuration_opens_nothing_and_replaces_nothing(string wrong, string named)
    {
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => PosternCheckpoint.Open(new PosternOptions(_home) { Configuration = wrong })).Message, StringComparison.Ordinal);
        await using var upstream = await Upstream.StartAsync();
        await using var checkpoint = Open();
        using var client = Client(checkpoint, upstream);
        Assert.Throws<ArgumentException>(() => checkpoint.Apply(wrong));
        Assert.Equal("ok", await client.GetStringAsync("x", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_configuration_holds_from_the_next_exchange_on()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var checkpoint = Open();
        using var client = Client(checkpoint, upstream);
        Assert.Equal("ok", await client.GetStringAsync("x", TestContext.Current.CancellationToken));

        checkpoint.Apply("mode: strict\napi_allowlist: [elsewhere.test]\nssrf: { ip_allowlist: [127.0.0.1/32] }");

        await Assert.ThrowsAsync<PosternRefusalException>(() => client.GetStringAsync("x", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_halted_is_refused_until_it_goes_on()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var checkpoint = Open();
        using var client = Client(checkpoint, upstream);

        checkpoint.Halt(true, "a test");
        var refusal = await Assert.ThrowsAsync<PosternRefusalException>(() => client.GetStringAsync("x", TestContext.Current.CancellationToken));
        checkpoint.Halt(false, "a test");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refusal.StatusCode);
        Assert.Equal("ok", await client.GetStringAsync("x", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_stands_between_the_checkpoint_and_the_world()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var checkpoint = Open();
        using var plain = new SocketsHttpHandler();
        using var handler = new PosternHandler(checkpoint) { InnerHandler = plain };
        using var client = new HttpClient(handler);

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetStringAsync(new Uri($"http://127.0.0.1:{upstream.Port}/"), TestContext.Current.CancellationToken));
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Loopback_is_refused_unless_the_configuration_says_otherwise()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var checkpoint = PosternCheckpoint.Open(new PosternOptions(_home));
        using var client = Client(checkpoint, upstream);

        await Assert.ThrowsAsync<PosternRefusalException>(() => client.GetStringAsync("x", TestContext.Current.CancellationToken));
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_no_refusal()
    {
        await using var checkpoint = Open();
        using var client = new HttpClient(new PosternHandler(checkpoint));

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri("http://127.0.0.1:1/"), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.BadGateway, fault.StatusCode);
    }

    [Fact]
    public async Task Who_cancels_hears_of_it_and_so_does_the_server()
    {
        await using var upstream = await Upstream.StartAsync();
        var (asked, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        upstream.Answer = async (_, gone) =>
        {
            await using var leaving = gone.Register(left.SetResult);
            asked.SetResult();
            await left.Task;
        };
        await using var checkpoint = Open();
        using var client = Client(checkpoint, upstream);
        using var cancel = new CancellationTokenSource();

        var asking = client.GetStringAsync("x", cancel.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private static HttpClient Client(PosternCheckpoint checkpoint, Upstream upstream) => new(new PosternHandler(checkpoint)) { BaseAddress = new Uri($"http://127.0.0.1:{upstream.Port}/") };

    private PosternCheckpoint Open() => PosternCheckpoint.Open(new PosternOptions(_home) { Configuration = "ssrf: { ip_allowlist: [127.0.0.1/32] }" });
}
