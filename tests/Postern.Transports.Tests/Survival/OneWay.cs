using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Survival;

/// <summary>A world to send forward requests into.</summary>
public sealed class OneWay : IAsyncLifetime
{
    internal World World { get; private set; } = null!;

    public async ValueTask InitializeAsync() => World = await World.StartAsync(await Upstream.StartAsync());

    public ValueTask DisposeAsync() => World.DisposeAsync();

    /// <summary>Asks a raw upstream through the proxy; everything that comes back until the connection closes.</summary>
    internal async Task<string> AskAsync(RawUpstream upstream, string method = "GET", string headers = "")
    {
        await using var client = await AskedAsync(upstream, method, headers);
        return await client.ReadToEndAsync();
    }

    internal async Task<RawClient> AskedAsync(RawUpstream upstream, string method = "GET", string headers = "")
    {
        World.Evidence.Records.Clear();
        var client = await RawClient.ConnectAsync(World.Address);
        var authority = $"raw.test:{upstream.Port}";
        await client.SendAsync($"{method} http://{authority}/x HTTP/1.1\r\nHost: {authority}\r\n{headers}Connection: close\r\n\r\n");
        return client;
    }
}
