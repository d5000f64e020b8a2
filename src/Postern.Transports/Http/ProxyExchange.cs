using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Streaming;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Http;

/// <summary>One proxied request and its response: the main path of the firewall.</summary>
internal sealed class ProxyExchange(HttpCheckpoint checkpoint, Exchange exchange, IFeatureCollection features)
{
    private readonly IHttpRequestFeature _request = features.GetRequiredFeature<IHttpRequestFeature>();
    private readonly ClientRelease _client = new(features);
    private readonly bool _asksForWebSocket = WebSocketHandshake.IsAsked(features);

    private FlowLimits Limits => exchange.Policy.Policy.Flow;

    /// <summary>Request in, ruling, request out, response in, ruling, response out.</summary>
    /// <param name="url">The absolute URL the request stands for.</param>
    /// <param name="obstacles">What the transport found wrong with the request already.</param>
    /// <param name="cancel">The client is gone.</param>
    public async Task RunAsync(string url, Obstacle obstacles, CancellationToken cancel)
    {
        try
        {
            using var writer = new MessageWriter();
            var facts = RequestHead.Read(_request, url, writer);
            facts = facts with { Obstacles = facts.Obstacles | obstacles | WebSocketHandshake.Judge(features) };
            await using var body = OpenBody(facts, out var coding);
            using var held = new PieceBuffer();
            var whole = body is null || (!MediaTypes.NeverHolds(facts.ContentType) && await TryHoldAsync(body, held, cancel).ConfigureAwait(false));
            var request = Seal(writer, facts with { Obstacles = facts.Obstacles | coding | _broken }, whole && body is not null ? held : null);

            var ruling = await checkpoint.Inspector.InspectAsync(exchange, request, cancel).ConfigureAwait(false);
            if (!ruling.TryClear(out var cleared, out var refused))
            {
                request.Dispose();
                await _client.ReplyAsync(Reply.Of(refused), cancel).ConfigureAwait(false);
                return;
            }

            var upload = whole ? null : UploadOf(body!, held, facts);
            await ExchangeAsync(cleared, upload, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            _client.Abort();
        }
    }

    private Obstacle _broken;

    /// <summary>Sends the cleared request and deals with what the world answers, or with its silence.</summary>
    private async Task ExchangeAsync(Cleared cleared, Upload? upload, CancellationToken cancel)
    {
        try
        {
            using var answer = _asksForWebSocket
                ? await checkpoint.Upstream.UpgradeAsync(cleared, cancel).ConfigureAwait(false)
                : await checkpoint.Upstream.SendAsync(cleared, upload, _request.Protocol == "HTTP/2", cancel).ConfigureAwait(false);
            if (answer.Response.StatusCode == HttpStatusCode.SwitchingProtocols)
            {
                await WebSocketExchange.RunAsync(checkpoint, exchange, features, answer.Response, cancel).ConfigureAwait(false);
                return;
            }

            await ResponseExchange.RunAsync(checkpoint, exchange, _client, answer.Response, cancel).ConfigureAwait(false);
            if (upload?.Refused is not null)
            {
                _client.Abort();
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            var reply = upload?.Refused is { } refused ? Reply.Of(refused) : UpstreamFault.Of(e);
            await _client.ReplyAsync(reply, cancel).ConfigureAwait(false);
        }
    }

    private BodySource? OpenBody(in RequestFacts facts, out Obstacle obstacle)
    {
        obstacle = Obstacle.None;
        // What follows CONNECT is no body and has no end to wait for.
        if (_asksForWebSocket || _request.Method == "CONNECT" || features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return null;
        }

        var stream = ContentCoding.TryOpen(_request.Body, facts.ContentEncoding, Limits, out obstacle);
        return stream is null ? null : new BodySource(stream, checkpoint.Time);
    }

    private async ValueTask<bool> TryHoldAsync(BodySource body, PieceBuffer held, CancellationToken cancel)
    {
        try
        {
            return await body.HoldAsync(held, Limits, idleMs: 0, cancel).ConfigureAwait(false);
        }
        catch (ObstacleException e)
        {
            _broken = e.Obstacle;
            return true;
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            _broken = Obstacle.TruncatedBody;
            return true;
        }
    }

    private static Message Seal(MessageWriter writer, in RequestFacts facts, PieceBuffer? held)
    {
        if (held is not null)
        {
            writer.Body(held.Unread);
        }

        return writer.Seal(BodyFacts(facts) with { Kind = MessageKind.Request, Obstacles = facts.Obstacles, Whole = true });
    }

    private static MessageFacts BodyFacts(in RequestFacts facts) => new(MessageKind.BodyWindow, Direction.Outbound)
    {
        // A media label excuses nothing on the way out: whatever it claims to be, it is read.
        Content = MediaTypes.KindOf(facts.ContentType) is var kind and not ContentKind.Opaque ? kind : ContentKind.Text,
        Boundary = MediaTypes.BoundaryOf(facts.ContentType),
    };

    private Upload UploadOf(BodySource body, PieceBuffer held, in RequestFacts facts)
    {
        var pieces = Pieces.For(facts.ContentType, Limits, BodyFacts(facts));
        pieces.Feed(held.Unread);
        return new Upload(async (release, cancel) =>
        {
            using (pieces)
            {
                var pump = new PiecePump(checkpoint.Inspector, exchange, body, pieces);
                return await pump.RunAsync(Direction.Outbound, Limits.HoldIdleMs, release, cancel).ConfigureAwait(false);
            }
        });
    }
}
