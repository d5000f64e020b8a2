using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Tests.Http.Connect;

/// <summary>What stands behind the proxy in these tests; the path says what it does.</summary>
internal static class TestApplication
{
    public static Task ServeAsync(IFeatureCollection features)
    {
        var target = features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target switch
        {
            "/echo" => EchoAsync(features),
            "/trailers" => TrailersAsync(features),
            "/ws" => WebSocketAsync(features),
            _ => DescribeAsync(features),
        };
    }

    private static async Task DescribeAsync(IFeatureCollection features)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        var tunnel = features.Get<ITunnelFeature>();
        var where = tunnel is null ? "no tunnel" : $"{tunnel.Host}:{tunnel.Port} tls={tunnel.Tls}";
        var text = Encoding.Latin1.GetBytes($"{request.Method} {request.RawTarget} {request.Protocol} {request.Scheme} {where} x={request.Headers["X-Test"]}");
        features.GetRequiredFeature<IHttpResponseFeature>().Headers.ContentLength = text.Length;
        await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(text);
    }

    private static async Task EchoAsync(IFeatureCollection features)
    {
        // Whole first: HttpClient does not read an HTTP/2 answer before it has sent its body.
        using var body = new MemoryStream();
        await features.GetRequiredFeature<IHttpRequestFeature>().Body.CopyToAsync(body);
        await features.GetRequiredFeature<IHttpResponseBodyFeature>().Stream.WriteAsync(body.ToArray());
    }

    private static async Task TrailersAsync(IFeatureCollection features)
    {
        features.GetRequiredFeature<IHttpResponseFeature>().Headers.ContentType = "application/grpc";
        var trailers = features.GetRequiredFeature<IHttpResponseTrailersFeature>();
        await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(new byte[5]);
        trailers.Trailers["grpc-status"] = "0";
    }

    private static async Task WebSocketAsync(IFeatureCollection features)
    {
        var extended = features.Get<IHttpExtendedConnectFeature>();
        var stream = extended is { IsExtendedConnect: true } ? await extended.AcceptAsync() : await UpgradeAsync(features);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None);
        }
    }

    private static Task<Stream> UpgradeAsync(IFeatureCollection features)
    {
        var key = features.GetRequiredFeature<IHttpRequestFeature>().Headers.SecWebSocketKey.ToString();
#pragma warning disable CA5350 // RFC 6455 §4.2.2 prescribes SHA-1; nothing is protected by it.
        var proof = SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
#pragma warning restore CA5350
        var headers = features.GetRequiredFeature<IHttpResponseFeature>().Headers;
        headers.Upgrade = "websocket";
        headers.Connection = "Upgrade";
        headers["Sec-WebSocket-Accept"] = Convert.ToBase64String(proof);
        return features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }
}
