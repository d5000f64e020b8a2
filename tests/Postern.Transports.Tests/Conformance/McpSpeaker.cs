namespace Postern.Transports.Tests.Conformance;

/// <summary>Wrapped servers over the same checkpoint.</summary>
internal sealed class McpSpeaker(World world) : ISpeaker
{
    public World World => world;

    public static async Task<ISpeaker> StartAsync() => new McpSpeaker(await World.StartAsync(await Upstream.StartAsync()));

    public Task<ITalk> OpenAsync() => Task.FromResult<ITalk>(new McpTalk(world));

    public ValueTask DisposeAsync() => world.DisposeAsync();
}
