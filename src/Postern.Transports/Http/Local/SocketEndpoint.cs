using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Flow;
using Postern.Transports.Mcp.Http;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Http.Local;

/// <summary><c>GET /ws?url=…</c>: a WebSocket for clients that have no proxy setting. From the request on it is one like any other.</summary>
internal sealed class SocketEndpoint(HttpCheckpoint checkpoint) : ILocalEndpoint
{
    private static readonly Reply s_off = Reply.Fault(404, "No such page", "WebSockets are turned off (websocket_proxy.enabled).");

    private static readonly Reply s_noUpgrade = Reply.Fault(426, "A WebSocket handshake is needed", "Open /ws?url= as a WebSocket.").With("Upgrade", WebSocketHandshake.Protocol);

    private static readonly Reply s_noUrl = Reply.Fault(400, "There is no usable url parameter", "Use /ws?url= with a percent-encoded absolute ws or wss URL without control characters.");

    private readonly McpHttpCheckpoint _mcp = new(checkpoint);

    /// <inheritdoc/>
    public string Path => "/ws";

    /// <inheritdoc/>
    public async ValueTask ServeAsync(IHttpRequestFeature request, IFeatureCollection features, CancellationToken cancel)
    {
        var exchange = checkpoint.Policies.BeginExchange("ws", features);
        var policy = exchange.Policy.Policy.WebSockets;
        var url = FetchTarget.Read(request.QueryString) is { } target ? HttpUrlOf(Encoding.Latin1.GetString(target.Url)) : null;
        if (!policy.Enabled || !WebSocketHandshake.IsAsked(features) || url is null)
        {
            var fault = !policy.Enabled ? s_off : !WebSocketHandshake.IsAsked(features) ? s_noUpgrade : s_noUrl;
            await new ClientRelease(features).ReplyAsync(fault, cancel).ConfigureAwait(false);
            return;
        }

        Adjust(request.Headers, policy, url);
        await new ProxyExchange(_mcp, HttpPassage.Of(_mcp.Http, exchange, features)).RunAsync(url, Obstacle.None, cancel).ConfigureAwait(false);
    }

    /// <summary>The URL under which the handshake is a request; null for any scheme but ws and wss.</summary>
    private static string? HttpUrlOf(string url) =>
        url.StartsWith("ws://", StringComparison.OrdinalIgnoreCase) ? "http" + url[2..]
        : url.StartsWith("wss://", StringComparison.OrdinalIgnoreCase) ? "https" + url[3..]
        : null;

    /// <summary>What the client says to Postern of where it comes from and who it is, is not said to the upstream unless the policy wants it.</summary>
    private static void Adjust(IHeaderDictionary headers, WebSocketProxySection policy, string url)
    {
        if (!policy.ForwardCookies)
        {
            headers.Remove("Cookie");
        }

        if (headers.Origin.Count > 0 && policy.OriginPolicy != OriginPolicy.Forward)
        {
            headers.Origin = policy.OriginPolicy == OriginPolicy.Strip ? StringValues.Empty : OriginOf(url);
        }
    }

    private static string OriginOf(string url)
    {
        var authority = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var length = url.AsSpan(authority).IndexOfAny('/', '?', '#');
        return length < 0 ? url : url[..(authority + length)];
    }
}
