using System.Net;
using System.Net.Security;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Tests.Conformance;

/// <summary>CONNECT to a host over TLS, or the same through SOCKS5, HTTP/1.1 or HTTP/2 on both legs. The host decides whether the tunnel is read.</summary>
internal sealed class InterceptHarness : IHarness
{
    private InterceptHarness(World world, Uri proxy, Version version, string host)
    {
        World = world;
        Client = new HttpClient(new SocketsHttpHandler
        {
            Proxy = new WebProxy(proxy),
            UseProxy = true,
            AllowAutoRedirect = false,
            ResponseDrainTimeout = TimeSpan.Zero,
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

    public static Task<IHarness> StartAsync(Version version, string host = "secure.test") =>
        StartAsync(static world => new Uri("http://" + world.Address), version, host);

    /// <summary>Through SOCKS5, as the runtime's own client speaks it.</summary>
    public static Task<IHarness> OverSocksAsync(string host = "secure.test") =>
        StartAsync(static world => new Uri("socks5://" + world.SocksAddress), HttpVersion.Version11, host);

    private static async Task<IHarness> StartAsync(Func<World, Uri> proxy, Version version, string host)
    {
        var tls = new UpstreamTls();
        var upstream = await Upstream.StartAsync(new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0), tls.Bind));
        var world = await World.StartAsync(upstream, static settings => settings with { Socks = new IPEndPoint(IPAddress.Loopback, 0) });
        tls.Leaves = world.Leaves;
        return new InterceptHarness(world, proxy(world), version, host);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return World.DisposeAsync();
    }
}
