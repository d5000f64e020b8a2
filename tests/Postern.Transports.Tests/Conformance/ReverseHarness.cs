using System.Net;
using System.Net.Sockets;
using Postern.Transports.Http;
using Postern.Transports.Http.Reverse;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A reverse proxy in front of the upstream, over the same checkpoint.</summary>
internal sealed class ReverseHarness : IHarness
{
    private readonly ReverseListener _listener;

    private ReverseHarness(World world, ReverseListener listener)
    {
        (World, _listener) = (world, listener);
        Client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ResponseDrainTimeout = TimeSpan.Zero,
            ConnectCallback = async (_, cancel) =>
            {
                // Whatever name the client knows, it is this listener's.
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(listener.Address, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri($"http://plain.test:{world.Upstream.Port}/"),
        };
    }

    public World World { get; }

    public HttpClient Client { get; }

    public static async Task<IHarness> StartAsync()
    {
        var world = await World.StartAsync(await Upstream.StartAsync());
        var target = new ReverseTarget("", "", [new Uri($"http://plain.test:{world.Upstream.Port}")], "");
        var listener = new ReverseListener(world.Parts, new ReverseSettings(new IPEndPoint(IPAddress.Loopback, 0), [target]) { UpstreamTrust = world.Trust });
        await listener.StartAsync(CancellationToken.None);
        return new ReverseHarness(world, listener);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        World.Switch.Halt();
        await _listener.DisposeAsync();
        await World.DisposeAsync();
    }
}
