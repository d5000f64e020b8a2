using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Http.Server;
using Postern.Transports.Http.Tls;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Control.Simulation;

/// <summary>The world of a simulation: one server on loopback that stands for every destination, remembers what reached it and answers as it is told.</summary>
public sealed class SimulatedServer : IAsyncDisposable
{
    private const int MaxMessageBytes = 64 * 1024;
    private readonly CertificateAuthority _authority = CertificateAuthority.Create(TimeProvider.System);
    private readonly LeafCertificates _leaves;
    private readonly ConcurrentQueue<string> _arrivals = new();
    private readonly ProxyServer _server;

    /// <summary>Composes; listens after <see cref="StartAsync"/>.</summary>
    public SimulatedServer()
    {
        _leaves = new LeafCertificates(_authority, TimeProvider.System);
        _server = new ProxyServer([new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0), new OptionalTls(_leaves).Bind)], new ProxyServerOptions());
    }

    /// <summary>Where it listens, with and without TLS; valid after the start.</summary>
    public IPEndPoint Address => _server.Bound[0];

    /// <summary>Its certificates' root, as PEM.</summary>
    public string RootPem => _authority.CertificatePem;

    /// <summary>Trusts its certificates and no others.</summary>
    public X509ChainPolicy Trust => SimulatedAgent.Trusting(RootPem);

    /// <summary>Answers a request, given as text: its head, an empty line and its body.</summary>
    public Func<string, SimulatedAnswer> Answer { get; set; } = static _ => SimulatedAnswer.Plain;

    /// <summary>Begins to listen.</summary>
    public Task StartAsync(CancellationToken cancel) => _server.StartAsync(ServeAsync, cancel);

    /// <summary>What arrived since this was last asked: requests as text, and messages of WebSockets.</summary>
    public IReadOnlyList<string> TakeArrivals()
    {
        var taken = new List<string>();
        while (_arrivals.TryDequeue(out var arrival))
        {
            taken.Add(arrival);
        }

        return taken;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _leaves.Dispose();
        _authority.Dispose();
    }

    private async Task ServeAsync(IFeatureCollection features)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        var gone = features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        try
        {
            if (WebSocketHandshake.IsAsked(features))
            {
                _arrivals.Enqueue(await TextOfAsync(request, gone).ConfigureAwait(false));
                await TalkAsync(features, gone).ConfigureAwait(false);
                return;
            }

            var arrival = await TextOfAsync(request, gone).ConfigureAwait(false);
            _arrivals.Enqueue(arrival);
            var answer = Answer(arrival);
            var body = Encoding.UTF8.GetBytes(answer.Text);
            var response = features.GetRequiredFeature<IHttpResponseFeature>();
            (response.StatusCode, response.Headers.ContentType) = (body.Length == 0 ? 202 : 200, answer.ContentType);
            response.Headers.ContentLength = body.Length;
            await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body, gone).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or WebSocketException)
        {
            // The firewall ended it: that is what is measured.
        }
    }

    private async Task TalkAsync(IFeatureCollection features, CancellationToken gone)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        var response = features.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = 101;
        response.Headers.Upgrade = WebSocketHandshake.Protocol;
        response.Headers.Connection = "Upgrade";
        response.Headers["Sec-WebSocket-Accept"] = WebSocketHandshake.AcceptFor(request.Headers.SecWebSocketKey.ToString());
        var stream = await features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        var buffer = new byte[MaxMessageBytes];
        while (await socket.ReceiveAsync(buffer, gone).ConfigureAwait(false) is { MessageType: not WebSocketMessageType.Close } received)
        {
            _arrivals.Enqueue(Encoding.UTF8.GetString(buffer, 0, received.Count));
            var text = Encoding.UTF8.GetBytes(Answer(string.Empty).Text);
            await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, gone).ConfigureAwait(false);
        }
    }

    private static async Task<string> TextOfAsync(IHttpRequestFeature request, CancellationToken gone)
    {
        var text = new StringBuilder().Append(request.Method).Append(' ').Append(request.RawTarget).Append('\n');
        foreach (var (name, value) in request.Headers)
        {
            text.Append(name).Append(": ").Append(value.ToString()).Append('\n');
        }

        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return text.Append('\n').Append(await reader.ReadToEndAsync(gone).ConfigureAwait(false)).ToString();
    }
}
