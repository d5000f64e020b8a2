using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.WebSockets;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.Http;

/// <summary>
/// The only writer towards the world over HTTP. Dials nothing but judged addresses; builds each request from the cleared
/// message alone. Connections are pooled per policy revision, so that none outlives the judgement it was opened under.
/// </summary>
internal sealed class UpstreamRelease : IDisposable
{
    private static readonly HttpRequestOptionsKey<JudgedDestination> s_destination = new("postern.destination");
    private static readonly HeaderNames s_names = new();
    private readonly TimeSpan _connectTimeout;
    private readonly X509ChainPolicy? _trust;
    private readonly HttpMessageHandler? _application;
    private readonly RevisionPools<HttpMessageInvoker> _pools;

    /// <summary>A release.</summary>
    /// <param name="connectTimeout">How long dialling may take.</param>
    /// <param name="trust">Whose certificates are accepted; null trusts whom the system trusts.</param>
    /// <param name="detour">A simulation's own server, which stands for every destination; null in earnest.</param>
    public UpstreamRelease(TimeSpan connectTimeout, X509ChainPolicy? trust = null, IPEndPoint? detour = null)
    {
        Detour = detour;
        _connectTimeout = connectTimeout;
        _trust = trust;
        _pools = new RevisionPools<HttpMessageInvoker>(Open);
    }

    /// <summary>A release towards the application that the checkpoint stands in: it takes requests in place of the network.</summary>
    public UpstreamRelease(HttpMessageHandler application)
        : this(Timeout.InfiniteTimeSpan) => _application = application;

    /// <summary>Header fields that the operator adds to every request: credentials for the one server behind this. They replace the agent's of the same name, which never sees them.</summary>
    public OperatorHeaders Own { get; init; } = OperatorHeaders.None;

    /// <summary>Where everything is dialled instead, tunnels too; null in earnest.</summary>
    public IPEndPoint? Detour { get; }

    /// <summary>Sends a cleared request and returns when the response's head is there.</summary>
    /// <param name="cleared">The request.</param>
    /// <param name="upload">Carries what follows of the body; null when the message holds all of it.</param>
    /// <param name="http2">True to offer HTTP/2 to an https upstream; one without TLS is spoken to in HTTP/2 only for gRPC, which has no other.</param>
    /// <param name="cancel">The client is gone.</param>
    public Task<UpstreamResponse> ForwardAsync(Cleared cleared, Upload? upload, bool http2, CancellationToken cancel) =>
        RunAsync(cleared, upload, request => OfferHttp2(request, http2), cancel);

    /// <summary>Sends a cleared request that asks for a WebSocket, with a handshake of our own. A 101 carries the connection as its content.</summary>
    /// <param name="cleared">The request.</param>
    /// <param name="compressed">True to offer compression.</param>
    /// <param name="cancel">The client is gone.</param>
    public Task<UpstreamResponse> UpgradeAsync(Cleared cleared, bool compressed, CancellationToken cancel) =>
        RunAsync(cleared, null, request => AskForWebSocket(request, compressed), cancel);

    /// <inheritdoc/>
    public void Dispose() => _pools.Dispose();

    /// <summary>Sends what was cleared, finished by <paramref name="finish"/>; everything is given back when no response comes of it.</summary>
    private async Task<UpstreamResponse> RunAsync(Cleared cleared, Upload? upload, Action<HttpRequestMessage> finish, CancellationToken cancel)
    {
        var destination = cleared.Destination ?? throw new InvalidOperationException("A request is released towards a judged destination.");
        var sent = new RequestRelease(cleared);
        var pool = _pools.Rent(destination.Policy.Revision, destination.Policy.Policy);
        var request = new HttpRequestMessage();
        var held = new UpstreamRequest(request, sent, () => _pools.Return(pool));
        UpstreamResponse? answer = null;
        try
        {
            Fill(request, sent, destination, upload);
            finish(request);
            foreach (var (name, value) in Own.Fields)
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }

            answer = new UpstreamResponse(await pool.Connections.SendAsync(request, cancel).ConfigureAwait(false), held);
            if (answer.Response.StatusCode == HttpStatusCode.SwitchingProtocols)
            {
                // What follows may last for hours and has no need of it.
                sent.Dispose();
            }

            return answer;
        }
        finally
        {
            if (answer is null)
            {
                held.Dispose();
            }
        }
    }

    private static void OfferHttp2(HttpRequestMessage request, bool http2)
    {
        if (http2 && request.RequestUri!.Scheme == "https")
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
        }
        else if (http2 && request.Content?.Headers.NonValidated.TryGetValues("Content-Type", out var type) == true && MediaTypes.IsGrpc(MediaTypes.TypeOf(type.ToString())))
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        }
    }

    private static void AskForWebSocket(HttpRequestMessage request, bool compressed)
    {
        (request.Version, request.VersionPolicy) = (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", WebSocketHandshake.Protocol);
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", WebSocketHandshake.Version);
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", WebSocketHandshake.NewKey());
        if (compressed)
        {
            request.Headers.TryAddWithoutValidation("Sec-WebSocket-Extensions", DeflateHandshake.Offer);
        }
    }

    private static void Fill(HttpRequestMessage request, RequestRelease sent, JudgedDestination destination, Upload? upload)
    {
        var message = sent.Message;
        message.TryFind(PartKind.Method, out var method);
        message.TryFind(PartKind.Url, out var url);
        var target = destination.Origin + PathOf(message.Of(url), destination);
        request.Method = MethodOf(Encoding.Latin1.GetString(message.Of(method)));
        request.RequestUri = new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        request.Content = upload is not null ? new UploadRelease(upload) : message.TryFind(PartKind.Body, out _) ? sent : null;
        request.Options.Set(s_destination, destination);
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind == PartKind.HeaderValue)
            {
                var name = s_names.Of(message.NameOf(part));
                var value = Encoding.Latin1.GetString(message.Of(part));
                if (!request.Headers.TryAddWithoutValidation(name, value))
                {
                    request.Content ??= new ReadOnlyMemoryContent(default);
                    request.Content.Headers.TryAddWithoutValidation(name, value);
                }
            }
        }
    }

    /// <summary>The handler would turn a CONNECT into a tunnel of its own, whatever the case of its letters.</summary>
    private static HttpMethod MethodOf(string method) => method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase)
        ? throw new InvalidOperationException("A CONNECT is not a request that can be forwarded.")
        : HttpMethod.Parse(method);

    /// <summary>
    /// Path and query as received, cut out by the reader that judged the URL: what is sent is what was inspected. A fragment is
    /// never sent.
    /// </summary>
    private static string PathOf(ReadOnlySpan<byte> url, JudgedDestination destination)
    {
        if (!HttpUrl.TryParse(url, url.Length, out var parsed, out _) || parsed.Authority != destination.Authority)
        {
            throw new InvalidOperationException("A request is released to the destination that its own URL names.");
        }

        var path = Encoding.ASCII.GetString(url[parsed.PathAndQuery]);
        return path.StartsWith('/') ? path : "/" + path;
    }

    private HttpMessageInvoker Open() => _application is { } inside ? new(inside, disposeHandler: false) : new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = _connectTimeout,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        EnableMultipleHttp2Connections = true,
        MaxResponseHeadersLength = 64,
        ConnectCallback = ConnectAsync,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = _trust },
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    });

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(s_destination, out var destination))
        {
            throw new InvalidOperationException("No address was judged for this request.");
        }

        return await DialRelease.DialAsync(destination, Detour, cancel).ConfigureAwait(false);
    }
}
