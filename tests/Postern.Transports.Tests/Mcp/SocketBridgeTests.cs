using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Mcp;
using Postern.Transports.Mcp.Sockets;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.Tests.WebSockets;

namespace Postern.Transports.Tests.Mcp;

/// <summary>A server behind a WebSocket, for an agent that speaks over standard input and output.</summary>
public sealed class SocketBridgeTests
{
    private const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    [Fact]
    public async Task Asks_for_the_subprotocol_and_passes_messages_as_they_came()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        var protocol = new TaskCompletionSource<string>();
        world.Upstream.Answer = async (features, _) =>
        {
            protocol.SetResult(features.GetRequiredFeature<IHttpRequestFeature>().Headers.SecWebSocketProtocol.ToString());
            await AnswerAsync(features, """{"jsonrpc":"2.0","id":1,"result":{"tools":[],"n":1.0e2}}""");
        };

        var (said, fault) = await RunAsync(world, List + "\n");

        Assert.Equal(("mcp", """{"jsonrpc":"2.0","id":1,"result":{"tools":[],"n":1.0e2}}""" + "\n", null), (await protocol.Task, said, fault));
    }

    [Fact]
    public async Task What_a_server_leaves_open_is_answered_and_the_failure_is_told()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        world.Upstream.Answer = static async (features, _) =>
        {
            using var socket = Open(await SocketUpstream.AcceptAsync(features));
            await Sockets.ReceiveAsync(socket);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        };

        var (said, fault) = await RunAsync(world, List + "\n", endsInput: false);

        Assert.Contains("\"id\":1,\"error\"", said, StringComparison.Ordinal);
        Assert.Equal("the server closed the connection", fault);
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_does_not_reach_the_agent()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        world.Upstream.Answer = static (features, _) => AnswerAsync(features, """{"jsonrpc":"2.0","id":"other","result":{}}""", """{"jsonrpc":"2.0","id":1,"result":{}}""");

        Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":{}}""" + "\n", (await RunAsync(world, List + "\n")).Said);
    }

    [Fact]
    public async Task A_server_that_speaks_no_WebSocket_is_a_failure()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        world.Upstream.Answer = static (features, _) => Upstream.Text(features, "no");

        Assert.Equal("the server answers HTTP 200 instead of opening a WebSocket", (await RunAsync(world, List + "\n")).Fault);
    }

    private static async Task AnswerAsync(IFeatureCollection features, params string[] answers)
    {
        using var socket = Open(await SocketUpstream.AcceptAsync(features));
        await Sockets.ReceiveAsync(socket);
        foreach (var answer in answers)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(answer), WebSocketMessageType.Text, true, CancellationToken.None);
        }

        await Sockets.ReceiveAsync(socket);
    }

    private static WebSocket Open(Stream stream) => WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });

    private static async Task<(string Said, string? Fault)> RunAsync(World world, string input, bool endsInput = true)
    {
        var said = new MemoryStream();
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(input));
        if (endsInput)
        {
            await pipe.Writer.CompleteAsync();
        }

        var bridge = new SocketBridge(new McpParts(world.Inspector, world.Policies, "server", TimeProvider.System), new Uri($"ws://plain.test:{world.Upstream.Port}/mcp"));
        var fault = await bridge.RunAsync(new StdioWire { FromAgent = pipe.Reader.AsStream(), ToAgent = said }, TestContext.Current.CancellationToken);
        return (Encoding.UTF8.GetString(said.ToArray()), fault);
    }
}
