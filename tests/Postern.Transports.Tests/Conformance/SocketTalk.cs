using System.Net.WebSockets;
using Postern.Transports.Tests.WebSockets;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A WebSocket with an echo behind it: each text passes in both directions.</summary>
internal sealed class SocketTalk(SocketUpstream upstream, WebSocket? socket) : ITalk
{
    public Task FarEnd => upstream.End.Task;

    /// <summary>Opens talks as one of <see cref="SocketTransports"/> does.</summary>
    public static Func<IHarness, Task<ITalk>> Over(string way) => harness => OpenAsync(way, harness);

    private static async Task<ITalk> OpenAsync(string way, IHarness harness)
    {
        var upstream = SocketUpstream.Behind(harness);
        try
        {
            return new SocketTalk(upstream, await SocketTransports.OpenAsync(way, harness));
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or Xunit.Sdk.XunitException)
        {
            return new SocketTalk(upstream, null);
        }
    }

    public async Task<string?> CarryAsync(string text)
    {
        if (socket is null)
        {
            return null;
        }

        try
        {
            await Sockets.SayAsync(socket, text);
            return await Sockets.ReceiveAsync(socket);
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync()
    {
        socket?.Abort();
        socket?.Dispose();
        return default;
    }
}
