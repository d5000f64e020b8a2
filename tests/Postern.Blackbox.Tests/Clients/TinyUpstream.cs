using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>A server of a few lines, in the clear and over TLS, that keeps connections, answers every request with the same text, and echoes over WebSockets.</summary>
internal sealed class TinyUpstream : IAsyncDisposable
{
    /// <summary>What it answers.</summary>
    public const string Body = "thank you";

    private static readonly byte[] s_answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _plain = new(IPAddress.Loopback, 0);
    private readonly TcpListener _tls = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;

    /// <summary>Listens at once.</summary>
    public TinyUpstream(UpstreamTrust trust)
    {
        using var pem = X509Certificate2.CreateFromPemFile(trust.CertificateFile, trust.KeyFile);
        _certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        _plain.Start();
        _tls.Start();
        _serving = Task.WhenAll(AcceptAsync(_plain, isTls: false), AcceptAsync(_tls, isTls: true));
    }

    /// <summary>The http origin.</summary>
    public string Plain => "http://localhost:" + ((IPEndPoint)_plain.LocalEndpoint).Port;

    /// <summary>Hears the body of every request.</summary>
    public Action<string>? Heard { get; init; }

    /// <summary>The https origin.</summary>
    public string Tls => "https://localhost:" + ((IPEndPoint)_tls.LocalEndpoint).Port;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _plain.Dispose();
        _tls.Dispose();
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, bool isTls)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptSocketAsync(_stop.Token), isTls));
            }
        }
        catch (OperationCanceledException)
        {
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket, bool isTls)
    {
        try
        {
            await using Stream raw = new NetworkStream(socket, ownsSocket: true);
            await using var stream = isTls ? new SslStream(raw) : raw;
            if (stream is SslStream tls)
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
            }

            await AnswerAsync(stream);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or WebSocketException or System.Security.Authentication.AuthenticationException)
        {
            // The firewall closed the connection.
        }
    }

    private async Task AnswerAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        while (true)
        {
            var (length, key) = (0, "");
            while (await reader.ReadLineAsync(_stop.Token) is var line && line != string.Empty)
            {
                if (line is null)
                {
                    return;
                }

                if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                {
                    length = int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture);
                }
                else if (line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))
                {
                    key = line[18..].Trim();
                }
            }

            if (key.Length > 0)
            {
                await EchoAsync(stream, key);
                return;
            }

            var body = new char[length];
            await reader.ReadBlockAsync(body, _stop.Token);
            Heard?.Invoke(new string(body));
            await stream.WriteAsync(s_answer, _stop.Token);
        }
    }

    private async Task EchoAsync(Stream stream, string key)
    {
#pragma warning disable CA5350 // RFC 6455 §4.2.2 wants SHA-1; nothing is kept secret by it.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"), _stop.Token);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        var room = new byte[4096];
        while (await socket.ReceiveAsync(room, _stop.Token) is { MessageType: not WebSocketMessageType.Close } piece)
        {
            Heard?.Invoke(Encoding.UTF8.GetString(room, 0, piece.Count));
            await socket.SendAsync(room.AsMemory(0, piece.Count), piece.MessageType, piece.EndOfMessage, _stop.Token);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop.Token);
    }
}
