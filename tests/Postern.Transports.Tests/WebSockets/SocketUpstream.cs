using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>The far end of a WebSocket: remembers all that reached it, and says what the scenario says.</summary>
internal sealed class SocketUpstream
{
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>The close it received: code and reason; completes when the connection is over.</summary>
    public TaskCompletionSource<string> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>An upstream that runs <paramref name="speak"/>, then listens, answering messages with themselves when asked to.</summary>
    public static SocketUpstream Behind(IHarness harness, Func<WebSocket, Task>? speak = null, bool echoes = true)
    {
        var upstream = new SocketUpstream();
        harness.World.Upstream.Answer = async (features, _) =>
        {
            var stream = await AcceptAsync(features);
            var isDeflated = features.GetRequiredFeature<IHttpResponseFeature>().Headers.SecWebSocketExtensions.Count > 0;
            using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
            {
                IsServer = true,
                KeepAliveInterval = TimeSpan.Zero,
                DangerousDeflateOptions = isDeflated ? new WebSocketDeflateOptions() : null,
            });
            await upstream.RunAsync(socket, speak, echoes);
        };
        return upstream;
    }

    /// <summary>An upstream that sends bytes and then keeps what comes until the end.</summary>
    public static SocketUpstream Raw(IHarness harness, params byte[] sends)
    {
        var upstream = new SocketUpstream();
        harness.World.Upstream.Answer = async (features, _) =>
        {
            var stream = await AcceptAsync(features);
            await stream.WriteAsync(sends, CancellationToken.None);
            await stream.FlushAsync(CancellationToken.None);
            var isDeflated = features.GetRequiredFeature<IHttpResponseFeature>().Headers.SecWebSocketExtensions.Count > 0;
            upstream.End.TrySetResult(await RawPeer.ReadToCloseAsync(stream, SocketPeer.Client, isDeflated));
        };
        return upstream;
    }

    /// <summary>Opens the WebSocket that was asked for.</summary>
    public static async Task<Stream> AcceptAsync(IFeatureCollection features)
    {
        var headers = features.GetRequiredFeature<IHttpResponseFeature>().Headers;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = WebSocketHandshake.AcceptFor(features.GetRequiredFeature<IHttpRequestFeature>().Headers.SecWebSocketKey.ToString());
        headers.SecWebSocketExtensions = features.GetRequiredFeature<IHttpRequestFeature>().Headers.SecWebSocketExtensions;
        return await features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private async Task RunAsync(WebSocket socket, Func<WebSocket, Task>? speak, bool echoes)
    {
        try
        {
            await (speak?.Invoke(socket) ?? Task.CompletedTask);
            while (await Sockets.ReceiveAsync(socket) is { } text)
            {
                Messages.Enqueue(text);
                if (echoes)
                {
                    await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
                }
            }

            End.TrySetResult($"{(int?)socket.CloseStatus} {socket.CloseStatusDescription}".Trim());
            await socket.CloseOutputAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            End.TrySetResult("lost");
        }
    }
}
