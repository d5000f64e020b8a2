using System.Net;
using Postern.Transports.Icap;
using Postern.Transports.Tests.Icap;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A proxy that shows what it carries, over ICAP.</summary>
internal sealed class IcapHarness : IHarness
{
    private readonly IcapListener _listener;

    private IcapHarness(World world, IcapListener listener)
    {
        (World, _listener) = (world, listener);
        Client = new HttpClient(new IcapProxy(listener.Address)) { BaseAddress = new Uri($"http://plain.test:{world.Upstream.Port}/") };
    }

    public World World { get; }

    public HttpClient Client { get; }

    public IPEndPoint Address => _listener.Address;

    public static async Task<IHarness> StartAsync()
    {
        var world = await World.StartAsync(await Upstream.StartAsync());
        var listener = new IcapListener(world.Parts, new IcapSettings(new IPEndPoint(IPAddress.Loopback, 0)));
        await listener.StartAsync(CancellationToken.None);
        return new IcapHarness(world, listener);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        World.Switch.Halt();
        await _listener.DisposeAsync();
        await World.DisposeAsync();
    }
}
