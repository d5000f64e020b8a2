using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Postern.Engine.Flow;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.WebSockets;

/// <summary>
/// The opening handshake (RFC 6455 §4, RFC 8441). Each leg has its own: key, version and extensions of one never reach the
/// other, so the key carries nothing out and each leg is compressed on terms of its own.
/// </summary>
internal static class WebSocketHandshake
{
    /// <summary>The only version there is.</summary>
    public const string Version = "13";

    /// <summary>The protocol's name in Upgrade and :protocol.</summary>
    public const string Protocol = "websocket";

    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    /// <summary>True when the request asks for a WebSocket, by upgrade or by extended CONNECT.</summary>
    public static bool IsAsked(IFeatureCollection features) => IsExtended(features)
        || (features.GetRequiredFeature<IHttpRequestFeature>().Headers is var headers
            && Names(headers.Connection, "upgrade") && Names(headers.Upgrade, Protocol));

    /// <summary>What is wrong with a request that asks for one, or by extended CONNECT for another protocol.</summary>
    public static Obstacle Judge(IFeatureCollection features)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        if (!IsAsked(features))
        {
            return request.Method == "CONNECT" ? Obstacle.UnknownUpgrade : Obstacle.None;
        }

        var isExtended = IsExtended(features);
        var isSound = request.Headers.SecWebSocketVersion == Version
            && (isExtended || (request.Method == "GET" && IsKey(request.Headers.SecWebSocketKey)
                && features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }));
        return isSound ? Obstacle.None : Obstacle.BrokenProtocol;
    }

    /// <summary>True for extended CONNECT, the way of HTTP/2.</summary>
    public static bool IsExtended(IFeatureCollection features) =>
        features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: Protocol };

    /// <summary>True for headers that belong to one leg's handshake.</summary>
    public static bool IsOwn(string name) =>
        name.Equals("Sec-WebSocket-Key", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Sec-WebSocket-Version", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Sec-WebSocket-Extensions", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Sec-WebSocket-Accept", StringComparison.OrdinalIgnoreCase);

    /// <summary>A key for a handshake of ours.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>The answer to a key (RFC 6455 §4.2.2).</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1; it shows that the server speaks WebSocket, and protects nothing.")]
    public static string AcceptFor(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));

    /// <summary>What is wrong with a 101: nobody asked for it, or it does not answer what was asked.</summary>
    public static Obstacle Judge(HttpResponseMessage response)
    {
        var asked = response.RequestMessage!.Headers.NonValidated;
        if (!asked.TryGetValues("Sec-WebSocket-Key", out var key))
        {
            return Obstacle.UnknownUpgrade;
        }

        var answered = response.Headers.NonValidated;
        var isSound = response.StatusCode == HttpStatusCode.SwitchingProtocols
            && answered.TryGetValues("Upgrade", out var upgrade) && upgrade.ToString().Equals(Protocol, StringComparison.OrdinalIgnoreCase)
            && answered.TryGetValues("Sec-WebSocket-Accept", out var accept) && accept.ToString() == AcceptFor(key.ToString())
            && (!answered.Contains("Sec-WebSocket-Extensions") || TermsOf(response) is not null)
            && (!answered.TryGetValues("Sec-WebSocket-Protocol", out var chosen)
                || (asked.TryGetValues("Sec-WebSocket-Protocol", out var protocols) && IsAmong(protocols.ToString(), chosen.ToString())));
        return isSound ? Obstacle.None : Obstacle.BrokenProtocol;
    }

    /// <summary>The terms that the answer to an offer of ours sets; null for none, and for terms that nobody offered.</summary>
    public static DeflateTerms? TermsOf(HttpResponseMessage response) =>
        response.RequestMessage!.Headers.NonValidated.Contains("Sec-WebSocket-Extensions")
        && response.Headers.NonValidated.TryGetValues("Sec-WebSocket-Extensions", out var answer) ? DeflateHandshake.Agree(answer.ToString()) : null;

    private static bool IsAmong(string protocols, string chosen) => protocols.Split(',', StringSplitOptions.TrimEntries).Contains(chosen.Trim(), StringComparer.Ordinal);

    private static bool IsKey(StringValues key)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + 2];
        return key.Count == 1 && Convert.TryFromBase64String(key.ToString(), bytes, out var length) && length == KeyBytes;
    }

    /// <summary>True when one of the comma-separated tokens is <paramref name="token"/>.</summary>
    private static bool Names(StringValues values, string token)
    {
        foreach (var value in values)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                if (value.AsSpan(range).Trim().Equals(token, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
