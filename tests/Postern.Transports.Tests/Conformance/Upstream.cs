using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A real server on loopback that remembers every byte it was sent and answers as the scenario says.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly ProxyServer _server;

    private Upstream(ProxyServer server) => _server = server;

    public ConcurrentQueue<Received> Requests { get; } = new();

    public Func<IFeatureCollection, CancellationToken, Task> Answer { get; set; } = static (features, _) => Text(features, "ok");

    /// <summary>True to answer without reading the request's body.</summary>
    public bool AnswersFirst { get; set; }

    public int Port => _server.Bound[0].Port;

    public static async Task<Upstream> StartAsync(ProxyEndpoint? endpoint = null)
    {
        var server = new ProxyServer([endpoint ?? new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0))], new ProxyServerOptions());
        var upstream = new Upstream(server);
        await server.StartAsync(upstream.ServeAsync, CancellationToken.None);
        return upstream;
    }

    public static async Task Text(IFeatureCollection features, string text, string contentType = "text/plain", int status = 200)
    {
        var response = features.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = status;
        response.Headers.ContentType = contentType;
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        response.Headers.ContentLength = bytes.Length;
        await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(bytes);
    }

    public static async Task Bytes(IFeatureCollection features, byte[] bytes, params (string Name, string Value)[] headers)
    {
        var response = features.GetRequiredFeature<IHttpResponseFeature>();
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }

        await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(bytes);
    }

    public static async Task Piece(IFeatureCollection features, string text)
    {
        var body = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await body.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        await body.Writer.FlushAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Serves one request, also one that did not come over its socket.</summary>
    public async Task ServeAsync(IFeatureCollection features)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        var gone = features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        using var body = new MemoryStream();
        var received = new Received(request.Method, request.RawTarget, request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        Requests.Enqueue(received);
        if (AnswersFirst)
        {
            await Answer(features, gone);
            return;
        }

        var buffer = new byte[16 * 1024];
        int read;
        try
        {
            while ((read = await request.Body.ReadAsync(buffer, gone)) > 0)
            {
                received.Append(buffer.AsSpan(0, read));
            }

            received.Completed = true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return;
        }

        await Answer(features, gone);
    }
}
