using System.Net.WebSockets;
using System.Text;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>Short forms of what every scenario does with a socket.</summary>
internal static class Sockets
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static async Task SayAsync(WebSocket socket, string text, bool final = true)
    {
        using var patience = new CancellationTokenSource(s_patience);
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, final, patience.Token);
    }

    /// <summary>The next message as text; null for a close frame.</summary>
    public static async Task<string?> ReceiveAsync(WebSocket socket)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }

    /// <summary>Code and reason of the close frame that must come next.</summary>
    public static async Task<string> ReceiveCloseAsync(WebSocket socket)
    {
        Assert.Null(await ReceiveAsync(socket));
        return $"{(int?)socket.CloseStatus} {socket.CloseStatusDescription}".Trim();
    }

    public static Task<string> EndOf(SocketUpstream upstream) => upstream.End.Task.WaitAsync(s_patience);
}
