using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Postern.Transports.Control.Simulation;

/// <summary>
/// The agent of a simulation. It writes its requests itself, byte for byte as it is told: a client library would straighten the
/// very things that are tried. Whatever goes wrong on the way is an empty answer.
/// </summary>
/// <param name="proxy">The firewall's main listener.</param>
/// <param name="roots">Whose certificates it trusts, as PEM.</param>
public sealed class SimulatedAgent(IPEndPoint proxy, params string[] roots)
{
    private const int MaxAnswerBytes = 256 * 1024;

    /// <summary>How long one exchange may take; what takes longer counts as not answered.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A policy that trusts these roots only.</summary>
    internal static X509ChainPolicy Trusting(params string[] roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        foreach (var root in roots)
        {
            policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(root));
        }

        return policy;
    }

    /// <summary>Sends a request as it is written to the proxy and returns the answer with its head.</summary>
    public Task<string> AskAsync(byte[] request, CancellationToken cancel) => AskAsync(proxy, request, cancel);

    /// <summary>The same to another listener.</summary>
    public static Task<string> AskAsync(IPEndPoint listener, byte[] request, CancellationToken cancel) =>
        TryAsync(async patience =>
        {
            using var socket = await ConnectAsync(listener, patience).ConfigureAwait(false);
            using var stream = new NetworkStream(socket);
            return await ExchangeAsync(stream, request, patience).ConfigureAwait(false);
        }, cancel);

    /// <summary>The same through a tunnel with TLS inside to <paramref name="host"/>.</summary>
    public Task<string> AskThroughTunnelAsync(string host, int port, byte[] request, CancellationToken cancel) =>
        TryAsync(async patience =>
        {
            using var socket = await ConnectAsync(proxy, patience).ConfigureAwait(false);
            using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n"), patience).ConfigureAwait(false);
            var head = new byte[MaxAnswerBytes];
            var length = await stream.ReadAsync(head, patience).ConfigureAwait(false);
            var answer = Encoding.UTF8.GetString(head, 0, length);
            if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            {
                return answer;
            }

            using var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = Trusting(roots) }, patience).ConfigureAwait(false);
            return await ExchangeAsync(tls, request, patience).ConfigureAwait(false);
        }, cancel);

    /// <summary>Opens a WebSocket through <c>/ws</c>, says one thing and returns what is said back.</summary>
    public Task<string> SayAsync(Uri url, string text, CancellationToken cancel) =>
        TryAsync(async patience =>
        {
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri($"ws://{proxy}/ws?url={Uri.EscapeDataString(url.OriginalString)}"), patience).ConfigureAwait(false);
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, patience).ConfigureAwait(false);
            var answer = new byte[MaxAnswerBytes];
            var received = await socket.ReceiveAsync(answer, patience).ConfigureAwait(false);
            return received.MessageType == WebSocketMessageType.Close ? $"closed: {socket.CloseStatusDescription}" : Encoding.UTF8.GetString(answer, 0, received.Count);
        }, cancel);

    private static async Task<string> TryAsync(Func<CancellationToken, Task<string>> exchange, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return await exchange(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or WebSocketException or AuthenticationException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return string.Empty;
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint listener, CancellationToken cancel)
    {
        var socket = new Socket(listener.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(HealthProbe.Reachable(listener), cancel).ConfigureAwait(false);
        return socket;
    }

    private static async Task<string> ExchangeAsync(Stream stream, byte[] request, CancellationToken cancel)
    {
        await stream.WriteAsync(request, cancel).ConfigureAwait(false);
        var answer = new byte[MaxAnswerBytes];
        var length = 0;
        try
        {
            while (length < answer.Length && await stream.ReadAsync(answer.AsMemory(length), cancel).ConfigureAwait(false) is var read and > 0)
            {
                length += read;
            }
        }
        catch (IOException)
        {
            // Cut off: what came before counts.
        }

        return Encoding.UTF8.GetString(answer, 0, length);
    }
}
