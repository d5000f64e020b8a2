using System.Net;
using System.Net.Security;
using System.Text;
using Postern.Transports.Http;
using Postern.Transports.Http.Server;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Http;

/// <summary>How agents are told apart on the wire, and that what they show goes nowhere.</summary>
public sealed class AgentIdentityTests
{
    private const string Token = "token-of-the-builder-1";
    private const string Agents = $"agents: [{{ name: builder, tokens: [{Token}] }}, {{ name: listening, listeners: ['127.0.0.1:9001'] }}]";

    public static TheoryData<string, string, string> Shown => new()
    {
        { "X-Postern-Agent-Token", Token, "builder" },
        { "X-Postern-Agent", "builder", "local" },
        { "Proxy-Authorization", "Bearer " + Token, "builder" },
        { "Proxy-Authorization", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("anybody:" + Token)), "builder" },
        { "Proxy-Authorization", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(Token)), "local" },
        { "Proxy-Authorization", "Basic %%%", "local" },
        { "Authorization", "Bearer " + Token, "local" },
    };

    [Fact]
    public async Task A_token_of_nobody_is_refused()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync(), TestPolicies.Default(Agents));
        using var client = Client(world.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://plain.test:{world.Upstream.Port}/");
        request.Headers.TryAddWithoutValidation("X-Postern-Agent-Token", "token-of-the-builder-2");

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(407, (int)answer.StatusCode);
        Assert.Empty(world.Upstream.Requests);
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public async Task In_a_request(string header, string value, string actor)
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync(), TestPolicies.Default(Agents));
        using var client = Client(world.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://plain.test:{world.Upstream.Port}/");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.All(world.Evidence.Records, kept => Assert.Equal(actor, kept.Actor));
        Assert.Equal(header == "Authorization", Assert.Single(world.Upstream.Requests).Everything.Contains(value, StringComparison.Ordinal));
        Assert.Equal(header == "X-Postern-Agent", world.Evidence.Records.Any(static kept => kept.Rules.Contains("session.agent-claimed")));
    }

    /// <summary>Clients that show nothing before they are asked are asked.</summary>
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task On_a_tunnel_for_all_that_is_in_it(string version)
    {
        await using var world = await SecureAsync(static settings => settings);
        world.Policies.Swap(TestPolicies.Default(Agents + "\nrefuse_unknown_agents: true"), "agents");
        using var client = Client(world.Address, world);
        using var request = Secure(world, version);

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)answer.StatusCode);
        var passed = world.Evidence.Records.Where(static kept => !kept.Rules.Contains("operation.unknown-agent")).ToArray();
        Assert.Equal(["connect", "intercept"], passed.Select(static kept => kept.Transport).Distinct());
        Assert.All(passed, static kept => Assert.Equal("builder", kept.Actor));
        Assert.DoesNotContain(Token, Assert.Single(world.Upstream.Requests).Everything, StringComparison.Ordinal);
    }

    /// <summary>What is shown inside of a tunnel was not shown to the proxy.</summary>
    [Fact]
    public async Task A_listener_of_its_own_wins_over_everything_that_is_shown()
    {
        await using var world = await SecureAsync(static settings => settings with { Agents = [new AgentListener("listening", new IPEndPoint(IPAddress.Loopback, 0))] });
        world.Policies.Swap(TestPolicies.Default(Agents), "agents");
        using var client = Client(world.AgentAddress, world);
        using var plain = new HttpRequestMessage(HttpMethod.Get, $"http://{world.AgentAddress}/fetch?url=" + Uri.EscapeDataString($"https://secure.test:{world.Upstream.Port}/"));
        using var direct = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var page = await direct.SendAsync(plain, TestContext.Current.CancellationToken);
        using var request = Secure(world, "2.0");
        request.Headers.TryAddWithoutValidation("X-Postern-Agent-Token", Token);

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Contains(world.Evidence.Records, static kept => kept.Transport == "fetch");
        Assert.All(world.Evidence.Records, static kept => Assert.Equal("listening", kept.Actor));
    }

    private static Task<World> SecureAsync(Func<ProxySettings, ProxySettings> adjust)
    {
        return StartAsync();

        async Task<World> StartAsync()
        {
            var tls = new UpstreamTls();
            var world = await World.StartAsync(await Upstream.StartAsync(new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0), tls.Bind)), adjust);
            tls.Leaves = world.Leaves;
            return world;
        }
    }

    private static HttpRequestMessage Secure(World world, string version) => new(HttpMethod.Get, $"https://secure.test:{world.Upstream.Port}/")
    {
        Version = Version.Parse(version),
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static HttpClient Client(IPEndPoint proxy, World? world = null) => new(new SocketsHttpHandler
    {
        Proxy = new WebProxy(new Uri("http://" + proxy)) { Credentials = world is null ? null : new NetworkCredential("builder", Token) },
        PreAuthenticate = true,
        SslOptions = world is null ? new SslClientAuthenticationOptions() : new SslClientAuthenticationOptions { CertificateChainPolicy = world.Trust },
    });
}
