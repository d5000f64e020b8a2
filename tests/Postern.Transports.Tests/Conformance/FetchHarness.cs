namespace Postern.Transports.Tests.Conformance;

/// <summary><c>/fetch</c> as an agent without a proxy setting uses it. What the suite sees of an answer is the page's text.</summary>
internal sealed class FetchHarness : IHarness
{
    private FetchHarness(World world)
    {
        World = world;
        Client = new HttpClient(new FetchHandler(world.Address)) { BaseAddress = new Uri($"http://plain.test:{world.Upstream.Port}/") };
    }

    public World World { get; }

    public HttpClient Client { get; }

    public static async Task<IHarness> StartAsync() => new FetchHarness(await World.StartAsync(await Upstream.StartAsync()));

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return World.DisposeAsync();
    }
}
