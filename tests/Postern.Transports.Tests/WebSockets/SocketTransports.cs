using System.Net;
using System.Net.WebSockets;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>The ways in which a WebSocket reaches Postern. Each opens one over the harness of the HTTP transport that carries it.</summary>
public static class SocketTransports
{
    public static TheoryData<string> All => ["absolute", "tunnel", "intercept-h1", "intercept-h2", "reverse", "ws", "deflate"];

    internal static Task<IHarness> StartAsync(string name) => name switch
    {
        "absolute" or "tunnel" or "ws" => ForwardHarness.StartAsync(),
        "reverse" => ReverseHarness.StartAsync(),
        "intercept-h1" or "deflate" => InterceptHarness.StartAsync(HttpVersion.Version11),
        "intercept-h2" => InterceptHarness.StartAsync(HttpVersion.Version20),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>Opens one as the clients of the transport do.</summary>
    /// <exception cref="WebSocketException">It was refused.</exception>
    internal static async Task<WebSocket> OpenAsync(string name, IHarness harness, Action<ClientWebSocketOptions>? configure = null)
    {
        if (name == "absolute")
        {
            return WebSocket.CreateFromStream(await OpenStreamAsync(harness), new WebSocketCreationOptions { KeepAliveInterval = TimeSpan.Zero });
        }

        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (harness.Client.DefaultRequestVersion, HttpVersionPolicy.RequestVersionExact);
        socket.Options.DangerousDeflateOptions = name == "deflate" ? new WebSocketDeflateOptions() : null;
        configure?.Invoke(socket.Options);
        var scheme = name is "tunnel" or "ws" or "reverse" ? "ws" : "wss";
        var address = new UriBuilder(harness.Client.BaseAddress!) { Scheme = scheme, Path = "/socket" }.Uri;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await (name == "ws"
            ? socket.ConnectAsync(new Uri($"ws://{harness.World.Address}/ws?url={Uri.EscapeDataString(address.AbsoluteUri)}"), patience.Token)
            : socket.ConnectAsync(address, harness.Client, patience.Token));
        return socket;
    }

    /// <summary>True where the platform's client makes the handshake, with the options that a scenario sets.</summary>
    internal static bool HasOptions(string name) => name != "absolute";

    /// <summary>The bare connection after a handshake with an absolute target.</summary>
    internal static async Task<Stream> OpenStreamAsync(IHarness harness, string? extensions = null)
    {
        var response = await AskAsync(harness, request => request.Headers.TryAddWithoutValidation("Sec-WebSocket-Extensions", extensions ?? string.Empty));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, response.StatusCode);
        return await response.Content.ReadAsStreamAsync();
    }

    /// <summary>A handshake over HTTP/1.1, spoilt as a scenario likes.</summary>
    internal static Task<HttpResponseMessage> AskAsync(IHarness harness, Action<HttpRequestMessage>? spoil = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "socket");
        AsHandshake(request);
        spoil?.Invoke(request);
        return harness.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Makes a handshake of a request.</summary>
    internal static void AsHandshake(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "AAECAwQFBgcICQoLDA0ODw==");
    }
}
