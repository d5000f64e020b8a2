using System.Net;
using System.Net.Http.Headers;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Http.Scan;

namespace Postern.Transports.Tests.Conformance;

/// <summary>The Scan API beside the proxy, over the same checkpoint.</summary>
internal sealed class ScanSpeaker(World world, ScanListener listener, HttpClient client) : ISpeaker
{
    private const string Token = "a-token-of-the-suite";

    public World World => world;

    public static async Task<ISpeaker> StartAsync()
    {
        var world = await World.StartAsync(await Upstream.StartAsync());
        var section = new ScanApiSection { Auth = new ScanApiAuthSection { BearerTokens = [new SecretText(Token)] } };
        var parts = new ScanParts(world.Inspector, world.Policies, "test", TimeProvider.System);
        var listener = new ScanListener(parts, new IPEndPoint(IPAddress.Loopback, 0), section);
        await listener.StartAsync(CancellationToken.None);
        var client = new HttpClient { BaseAddress = new Uri($"http://{listener.Address}/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return new ScanSpeaker(world, listener, client);
    }

    public Task<ITalk> OpenAsync() => Task.FromResult<ITalk>(new ScanTalk(client));

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await listener.DisposeAsync();
        await world.DisposeAsync();
    }
}
