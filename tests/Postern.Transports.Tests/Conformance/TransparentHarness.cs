using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A client that knows of no proxy and whose connections end up at Postern. What the network does to them is done here by the client's dialler.</summary>
internal sealed class TransparentHarness : IHarness
{
    private TransparentHarness(World world, string scheme)
    {
        World = world;
        Client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ResponseDrainTimeout = TimeSpan.Zero,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = world.Trust },
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(world.TransparentAddress, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri($"{scheme}://{(scheme == "https" ? "secure" : "plain")}.test:{world.Upstream.Port}/"),
        };
    }

    public World World { get; }

    public HttpClient Client { get; }

    public static async Task<IHarness> StartAsync(string scheme)
    {
        var tls = new UpstreamTls();
        var upstream = await Upstream.StartAsync(scheme == "https" ? new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0), tls.Bind) : null);
        var world = await World.StartAsync(upstream, settings => settings with
        {
            Transparent = new IPEndPoint(IPAddress.Loopback, 0),
            Whither = _ => new IPEndPoint(IPAddress.Parse("192.0.2.1"), upstream.Port),
        });
        tls.Leaves = world.Leaves;
        return new TransparentHarness(world, scheme);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return World.DisposeAsync();
    }
}
