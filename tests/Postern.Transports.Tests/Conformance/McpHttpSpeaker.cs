using System.Net;
using Postern.Transports.Mcp;
using Postern.Transports.Mcp.Http;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A listener in front of an MCP server, over the same checkpoint.</summary>
internal sealed class McpHttpSpeaker : ISpeaker
{
    private readonly McpListener _listener;

    private McpHttpSpeaker(World world)
    {
        World = world;
        var settings = new McpListenerSettings(new IPEndPoint(IPAddress.Loopback, 0), new Uri($"http://plain.test:{world.Upstream.Port}/mcp"));
        _listener = new McpListener(new McpParts(world.Inspector, world.Policies, "plain.test", TimeProvider.System), settings);
    }

    public World World { get; }

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The origin by which clients know the server.</summary>
    public string Origin => $"http://{_listener.Address}";

    public static async Task<McpHttpSpeaker> StartAsync()
    {
        var speaker = new McpHttpSpeaker(await World.StartAsync(await Upstream.StartAsync()));
        await speaker._listener.StartAsync(CancellationToken.None);
        speaker.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(speaker.Origin + "/"), Timeout = TimeSpan.FromSeconds(20) };
        return speaker;
    }

    public async Task<ITalk> OpenAsync() => await McpHttpTalk.OpenAsync(this);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _listener.DisposeAsync();
        await World.DisposeAsync();
    }
}
