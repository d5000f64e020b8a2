using System.Net;
using System.Net.Security;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Tests.Conformance;

/// <summary>CONNECT to a host over TLS, HTTP/1.1 or HTTP/2 on both legs. The host decides whether the tunnel is read.</summary>
internal sealed class InterceptHarness : IHarness
{
    private InterceptHarness(World world, Version version, string host)
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
            BaseAddress = new Uri($"https://{host}:{world.Upstream.Port}/"),
            DefaultRequestVersion = version,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public World World { get; }

    public HttpClient Client { get; }

    public static async Task<IHarness> StartAsync(Version version, string host = "secure.test")
    {
        var tls = new UpstreamTls();
        var upstream = await Upstream.StartAsync(new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0), tls.Bind));
        var world = await World.StartAsync(upstream);
        tls.Leaves = world.Leaves;
        return new InterceptHarness(world, version, host);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return World.DisposeAsync();
    }
}
