using System.Net;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Plain proxying with absolute targets.</summary>
internal sealed class ForwardHarness : IHarness
{
    private ForwardHarness(World world)
    {
        World = world;
        Client = new HttpClient(new SocketsHttpHandler
        {
            Proxy = new WebProxy(new Uri("http://" + world.Address)),
            UseProxy = true,
            AllowAutoRedirect = false,
            ResponseDrainTimeout = TimeSpan.Zero,
        })
        {
            BaseAddress = new Uri($"http://plain.test:{world.Upstream.Port}/"),
        };
    }

    public World World { get; }

    public HttpClient Client { get; }

    public static async Task<IHarness> StartAsync() => new ForwardHarness(await World.StartAsync(await Upstream.StartAsync()));

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return World.DisposeAsync();
    }
}
