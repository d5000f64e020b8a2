using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.WebSockets;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.Http;

/// <summary>The only writer towards the agent over HTTP. Sends what was cleared, or a reply of our own.</summary>
internal sealed class ClientRelease(IFeatureCollection features) : IClientRelease
{
    private static readonly HeaderNames s_names = new();
    private readonly IHttpResponseFeature _response = features.GetRequiredFeature<IHttpResponseFeature>();
    private readonly IHttpResponseBodyFeature _body = features.GetRequiredFeature<IHttpResponseBodyFeature>();

    /// <inheritdoc/>
    public bool HasStarted => _response.HasStarted;

    /// <inheritdoc/>
    public async ValueTask RespondAsync(Cleared cleared, bool bodyFollows, CancellationToken cancel)
    {
        using var message = cleared.Take();
        _response.StatusCode = message.Facts.Status;
        WriteHeaders(message);
        var hasBody = message.TryFind(PartKind.Body, out var body);
        if (!bodyFollows && hasBody && CarriesLength(message.Facts.Status))
        {
            _response.Headers.ContentLength ??= body.Length;
        }

        if (hasBody && body.Length > 0)
        {
            await _body.Writer.WriteAsync(message.ReleasableBody, cancel).ConfigureAwait(false);
        }
        else if (bodyFollows)
        {
            // Starting alone leaves the head in the buffer; a stream may take long to its first piece, and the client waits for the head.
            await _body.Writer.FlushAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Answers a handshake with what the upstream answered to ours, and hands over the connection.</summary>
    public async ValueTask<Stream> UpgradeAsync(Cleared cleared)
    {
        using var message = cleared.Take();
        WriteHeaders(message);
        var asked = features.GetRequiredFeature<IHttpRequestFeature>().Headers;
        var terms = DeflateHandshake.Choose(asked.SecWebSocketExtensions);
        _response.Headers.SecWebSocketExtensions = terms is null ? default : DeflateHandshake.Answer(terms);
        if (WebSocketHandshake.IsExtended(features))
        {
            _response.StatusCode = 200;
            _response.Headers.Remove("Sec-WebSocket-Accept");
            return await features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync().ConfigureAwait(false);
        }

        _response.Headers.SecWebSocketAccept = WebSocketHandshake.AcceptFor(asked.SecWebSocketKey.ToString());
        _response.Headers.Upgrade = WebSocketHandshake.Protocol;
        return await features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask PieceAsync(Cleared cleared, CancellationToken cancel)
    {
        using var message = cleared.Take();
        if (!message.ReleasableBody.IsEmpty)
        {
            await _body.Writer.WriteAsync(message.ReleasableBody, cancel).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask EventAsync(Cleared cleared, CancellationToken cancel)
    {
        using var message = cleared.Take();
        await _body.Writer.WriteAsync(EventText.Render(message), cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Trailers(Cleared cleared)
    {
        using var message = cleared.Take();
        if (features.Get<IHttpResponseTrailersFeature>() is not { Trailers.IsReadOnly: false } trailers)
        {
            return;
        }

        foreach (ref readonly var part in message.Parts)
        {
            trailers.Trailers.Append(s_names.Of(message.NameOf(part)), Encoding.Latin1.GetString(message.Of(part)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask ReplyAsync(Reply reply, CancellationToken cancel)
    {
        if (_response.HasStarted)
        {
            Abort();
            return;
        }

        // For whoever waits for it in this process.
        features.Set(reply);

        // What a cleared response had put here does not belong to our own answer.
        _response.Headers.Clear();
        _response.StatusCode = reply.Status;
        _response.Headers.ContentLength = reply.Body.Length;
        foreach (var (name, value) in reply.Headers)
        {
            _response.Headers[name] = value;
        }

        await _body.Writer.WriteAsync(reply.Body, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask LastEventAsync(Reply reply, CancellationToken cancel) =>
        await _body.Writer.WriteAsync(reply.Body, cancel).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Abort() => features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();

    private void WriteHeaders(Message message)
    {
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind != PartKind.HeaderValue)
            {
                continue;
            }

            var name = s_names.Of(message.NameOf(part));
            var value = Encoding.Latin1.GetString(message.Of(part));
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                _response.Headers.ContentLength = long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
            }
            else
            {
                _response.Headers.Append(name, value);
            }
        }
    }

    /// <summary>No length for answers that cannot have a body (RFC 9110 §8.6).</summary>
    private static bool CarriesLength(int status) => status is >= 200 and not (204 or 205 or 304);
}
