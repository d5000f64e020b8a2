using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Postern.Mcp;
using Postern.Transports.Mcp;
using Postern.Transports.Mcp.Sockets;
using Postern.Transports.Tests.WebSockets;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Sessions of agents that speak over standard input and output, with servers that return what they are called with.</summary>
internal sealed partial class McpSpeaker(World world, Func<StdioWire, CancellationToken, Task> run, Func<string, object>? parameters = null) : ISpeaker
{
    // The parameters become the result; everything else, the id among it, stays.
    private static readonly ServerCommand s_echo = new(
        "/bin/sed", ["-u", "s/\"method\":\"tools\\/call\",\"params\":/\"result\":/"], new Dictionary<string, string>());

    public World World => world;

    /// <summary>The server is a child.</summary>
    public static async Task<ISpeaker> WrapAsync()
    {
        var world = await World.StartAsync(await Upstream.StartAsync());
        return new McpSpeaker(world, new StdioProxy(PartsOf(world), s_echo).RunAsync);
    }

    /// <summary>The server speaks HTTP.</summary>
    public static async Task<ISpeaker> BridgeAsync()
    {
        var world = await World.StartAsync(await Upstream.StartAsync());
        world.Upstream.Answer = (features, _) => Upstream.Text(features, Asked().Replace(world.Upstream.Requests.Last().Body, "\"result\":"), "application/json");
        return new McpSpeaker(world, new StdioBridge(PartsOf(world), new Uri($"http://plain.test:{world.Upstream.Port}/mcp")).RunAsync);
    }

    /// <summary>The server speaks over a WebSocket.</summary>
    public static async Task<ISpeaker> SocketAsync()
    {
        var world = await World.StartAsync(await Upstream.StartAsync());
        world.Upstream.Answer = static async (features, _) =>
        {
            using var socket = WebSocket.CreateFromStream(await SocketUpstream.AcceptAsync(features), new WebSocketCreationOptions { IsServer = true });
            while (await Sockets.ReceiveAsync(socket) is { } text)
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(Asked().Replace(text, "\"result\":")), WebSocketMessageType.Text, true, CancellationToken.None);
            }
        };
        return new McpSpeaker(world, new SocketBridge(PartsOf(world), new Uri($"ws://plain.test:{world.Upstream.Port}/mcp")).RunAsync);
    }

    /// <summary>The server is in this process, built with the official SDK.</summary>
    public static async Task<ISpeaker> FilterAsync()
    {
        var world = await World.StartAsync(await Upstream.StartAsync());
        var options = new McpServerOptions { Handlers = { CallToolHandler = static (call, _) => new(new CallToolResult { Content = [new TextContentBlock { Text = call.Params!.Arguments!["text"].GetString()! }] }) } };
        options.UsePostern(LibraryHarness.Over(world), "echo");
        return new McpSpeaker(world, RunAsync, static text => new { name = "echo", arguments = new { text } });

        async Task RunAsync(StdioWire wire, CancellationToken cancel)
        {
            await using var server = McpServer.Create(new StreamServerTransport(wire.FromAgent, wire.ToAgent, "echo"), options);
            await server.RunAsync(cancel);
        }
    }

    public Task<ITalk> OpenAsync() => Task.FromResult<ITalk>(new McpTalk(run, parameters));

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private static McpParts PartsOf(World world) => new(world.Inspector, world.Policies, "echo", TimeProvider.System);

    [GeneratedRegex("\"method\":\"tools/call\",\"params\":")]
    private static partial Regex Asked();
}
