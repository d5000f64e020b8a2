using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Postern.Blackbox.Tests.Clients;

namespace Postern.Blackbox.Tests.Soak;

/// <summary>What many agents do at once: posts in the clear and inside TLS, clean and with a secret, and talks over WebSockets.</summary>
/// <param name="address">Where the firewall listens.</param>
/// <param name="upstream">What they talk to.</param>
internal sealed class SoakTraffic(string address, TinyUpstream upstream)
{
    private const int PostsPerTalk = 32;
    private const int MessagesPerTalk = 8;

    private long _exchanges;
    private long _halted;

    /// <summary>What must never arrive. In pieces, so that this file does not look like a leak itself; the key is made up.</summary>
    public static string Secret { get; } = string.Concat("sk-", "proj-", "Zk3vQ8wLx2TnB7rYp5Hd");

    /// <summary>Posts and messages so far, whatever became of them.</summary>
    public long Exchanges => Interlocked.Read(ref _exchanges);

    /// <summary>How many of them the kill switch stopped.</summary>
    public long Halted => Interlocked.Read(ref _halted);

    /// <summary>Answers that no policy and no kill switch explains.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    /// <summary>One agent, until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            Proxy = new WebProxy("http://" + address),
            SslOptions = { RemoteCertificateValidationCallback = static (_, leaf, _, _) => leaf!.Issuer.Contains("Postern", StringComparison.Ordinal) },
        });
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await PostAsync(client, i % 2 == 0 ? upstream.Plain : upstream.Tls, leaks: i % 4 >= 2);
            if (i % PostsPerTalk == 0)
            {
                await TalkAsync();
            }
        }
    }

    private async Task PostAsync(HttpClient client, string origin, bool leaks)
    {
        Interlocked.Increment(ref _exchanges);
        try
        {
            using var content = new StringContent(leaks ? "keep " + Secret : "good morning, here is the report of the week");
            using var answer = await client.PostAsync(origin + "/inbox", content);
            var body = await answer.Content.ReadAsStringAsync();
            Judge(answer.StatusCode, leaks ? answer.StatusCode == HttpStatusCode.Forbidden : body == TinyUpstream.Body);
        }
        catch (HttpRequestException halted) when (halted.StatusCode == HttpStatusCode.ServiceUnavailable || halted.InnerException is IOException)
        {
            // A tunnel that the kill switch refused, or cut.
            Interlocked.Increment(ref _halted);
        }
    }

    private void Judge(HttpStatusCode status, bool isRight)
    {
        if (status == HttpStatusCode.ServiceUnavailable)
        {
            Interlocked.Increment(ref _halted);
        }
        else if (!isRight)
        {
            Wrong.Enqueue(status.ToString());
        }
    }

    private async Task TalkAsync()
    {
        using var socket = new ClientWebSocket();
        var room = new byte[256];
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{address}/ws?url={upstream.Plain.Replace("http", "ws", StringComparison.Ordinal)}/talk"), CancellationToken.None);
            for (var i = 0; i < MessagesPerTalk; i++)
            {
                Interlocked.Increment(ref _exchanges);
                await socket.SendAsync(Encoding.UTF8.GetBytes("how are you, number " + i), WebSocketMessageType.Text, true, CancellationToken.None);
                if ((await socket.ReceiveAsync(room, CancellationToken.None)).MessageType == WebSocketMessageType.Close)
                {
                    Interlocked.Increment(ref _halted);
                    return;
                }
            }

            await socket.SendAsync(Encoding.UTF8.GetBytes("keep " + Secret), WebSocketMessageType.Text, true, CancellationToken.None);
            var last = await socket.ReceiveAsync(room, CancellationToken.None);
            if (last.MessageType != WebSocketMessageType.Close)
            {
                Wrong.Enqueue("a secret was answered: " + Encoding.UTF8.GetString(room, 0, last.Count));
            }
        }
        catch (WebSocketException)
        {
            Interlocked.Increment(ref _halted);
        }
    }
}
