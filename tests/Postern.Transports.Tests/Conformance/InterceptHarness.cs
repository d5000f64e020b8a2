using System.Net;
using System.Net.Security;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Tests.Conformance;

/// <summary>CONNECT with interception, HTTP/1.1 or HTTP/2 on both legs.</summary>
internal sealed class InterceptHarness : IHarness
{
    private InterceptHarness(World world, Version version)
    {
        World = world;
        Client = new HttpClient(new SocketsHttpHandler
        {
            Proxy = new WebProxy(new Uri("http://" + world.Address)),
            UseProxy = true,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = world.Trust },
        })
        {
            BaseAddress = new Uri($"https://secure.test:{world.Upstream.Port}/"),
            DefaultRequestVersion = version,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public World World { get; }

    public HttpClient Client { get; }

    public static async Task<IHarness> StartAsync(Version version)
    {
        var tls = new UpstreamTls();
        var upstream = await Upstream.StartAsync(new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0), tls.Bind));
        var world = await World.StartAsync(upstream);
        tls.Leaves = world.Leaves;
        return new InterceptHarness(world, version);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return World.DisposeAsync();
    }
}
