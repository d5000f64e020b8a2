using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Transports.A2a;
using Postern.Transports.Mcp.Http;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Http;

/// <summary>One proxied request and its response: the main path of the firewall.</summary>
internal sealed class ProxyExchange(McpHttpCheckpoint mcp, HttpPassage passage)
{
    /// <summary>
    /// A client that sends nothing for this long while its body is held gets no further; Apache's and nginx's bounds are 20 s and
    /// 60 s. Neither does one that needs a minute for what is held: 1 MiB at 17 KiB per second.
    /// </summary>
    private static readonly Patience s_patience = new() { FirstMs = 30_000, NextMs = 30_000, AltogetherMs = 60_000, Silence = Obstacle.TruncatedBody };

    private readonly HttpCheckpoint _checkpoint = mcp.Http;
    private readonly Exchange _exchange = passage.Exchange;
    private readonly IHttpRequestFeature _request = passage.Features.GetRequiredFeature<IHttpRequestFeature>();
    private readonly bool _asksForWebSocket = WebSocketHandshake.IsAsked(passage.Features);
    private IRefusalShape _shape = ProblemShape.Instance;

    private FlowLimits Limits => _exchange.Policy.Policy.Flow;

    /// <summary>Request in, ruling, request out, response in, ruling, response out.</summary>
    /// <param name="url">The absolute URL the request stands for.</param>
    /// <param name="obstacles">What the transport found wrong with the request already.</param>
    /// <param name="gone">The client is gone.</param>
    /// <returns>False when the upstream failed; a refusal is no failure of its.</returns>
    public async Task<bool> RunAsync(string url, Obstacle obstacles, CancellationToken gone)
    {
        using var stay = new Stay(_checkpoint.Inspector, _exchange, gone);
        var cancel = stay.Token;
        try
        {
            using var place = _asksForWebSocket ? _checkpoint.Sockets.Take(_exchange.Policy.Policy.WebSockets) : null;
            using var writer = new MessageWriter();
            var facts = RequestHead.Read(_request, url, writer);
            facts = facts with { Obstacles = facts.Obstacles | obstacles | WebSocketHandshake.Judge(passage.Features) | (place?.Obstacle ?? Obstacle.None) };
            await using var body = OpenBody(facts, out var coding);
            using var held = body is null ? HeldBody.None
                : MediaTypes.NeverHolds(facts.ContentType) ? HeldBody.Unread
                : await body.HoldAsync(Limits.HoldBytes, s_patience, cancel).ConfigureAwait(false);
            if (McpRecognition.IsIn(held.Bytes))
            {
                var asked = new HeldRequest(writer, facts with { Obstacles = facts.Obstacles | coding }, held);
                await new McpHttpExchange(mcp, passage).RunAsync(asked, new McpTarget(url) { IsEndpoint = false }, stay).ConfigureAwait(false);
                return true;
            }

            if (body is not null && held.IsWhole)
            {
                writer.Body(held.Bytes);
            }

            var request = writer.Seal(BodyFacts.Outbound(facts.ContentType, held.Bytes) with
            {
                Kind = MessageKind.Request,
                Obstacles = facts.Obstacles | coding | held.Obstacle,
                Whole = true,
            });

            var ruling = await _checkpoint.Inspector.InspectAsync(_exchange, request, cancel).ConfigureAwait(false);
            _shape = A2aShapes.For(_exchange.A2a, held.Bytes);
            if (!ruling.TryClear(out var cleared, out var refused))
            {
                request.Dispose();
                await passage.Client.ReplyAsync(_shape.Of(refused), gone).ConfigureAwait(false);
                return true;
            }

            using var deadline = new HeadDeadline(_checkpoint.Patience.Head, cancel);

            // Ends before the deadline does, and before the body and what is held of it go back to the pool.
            await using var upload = held.IsWhole ? null : UploadOf(body!, held, facts);
            upload?.Deadline = deadline;
            return await passage.Onward.PassAsync(cleared, upload, deadline, Answering(), stay).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await stay.EndAsync(passage.Client, _shape.Of).ConfigureAwait(false);
            return true;
        }
    }

    private Answering Answering() => new(
        _exchange, _shape, (response, client, cancel) => ResponseExchange.RunAsync(_checkpoint, _exchange, new ClientEnd(client, _shape), response, cancel))
    {
        AsksForWebSocket = _asksForWebSocket,
    };

    private BodySource? OpenBody(in RequestFacts facts, out Obstacle obstacle)
    {
        obstacle = Obstacle.None;
        // What follows CONNECT is no body and has no end to wait for.
        if (_asksForWebSocket || _request.Method == "CONNECT" || passage.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return null;
        }

        if (Limits.MaxBodyBytes > 0 && _request.Headers.ContentLength > Limits.MaxBodyBytes)
        {
            obstacle = Obstacle.BodyTooLarge;
            return null;
        }

        var stream = ContentCoding.TryOpen(new ClientBodyStream(_request.Body), facts.ContentEncoding, Limits, out obstacle);
        return stream is null ? null : new BodySource(Limits.MaxBodyBytes > 0 ? new BoundedStream(stream, Limits.MaxBodyBytes) : stream, _checkpoint.Time, _checkpoint.Holding);
    }

    private Upload UploadOf(BodySource body, HeldBody held, in RequestFacts facts)
    {
        var length = ContentCoding.IsIdentity(facts.ContentEncoding) ? _request.Headers.ContentLength : null;
        var pieces = Pieces.For(facts.ContentType, Limits, BodyFacts.Outbound(facts.ContentType, held.Bytes) with { KeepsLength = length is not null });
        pieces.Feed(held.Bytes);
        return new Upload(new PiecePump(_checkpoint.Inspector, _exchange, body, pieces), pieces, length);
    }
}
