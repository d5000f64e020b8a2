using System.Net;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Dns;

namespace Postern.Transports.Tests.Conformance;

/// <summary>The DNS listener beside the proxy, over the same checkpoint.</summary>
internal sealed class DnsSpeaker(World world, DnsListener listener) : ISpeaker
{
    public World World => world;

    public IPEndPoint Address => listener.Address;

    public static async Task<ISpeaker> StartAsync() => await StartAsync(DnsRefusal.Refused);

    public static async Task<DnsSpeaker> StartAsync(DnsRefusal refusal)
    {
        var world = await World.StartAsync(await Upstream.StartAsync());
        var listener = new DnsListener(world.Parts, new IPEndPoint(IPAddress.Loopback, 0), refusal);
        await listener.StartAsync(CancellationToken.None);
        return new DnsSpeaker(world, listener);
    }

    public Task<ITalk> OpenAsync() => Task.FromResult<ITalk>(new DnsTalk(listener.Address));

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        await world.DisposeAsync();
    }
}
