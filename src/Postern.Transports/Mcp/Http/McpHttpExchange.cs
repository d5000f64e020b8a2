using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp.Http;

/// <summary>
/// One HTTP request of MCP and its response. The request is held whole, because a JSON-RPC message is ruled on whole; statuses, headers
/// and events pass as they came, of every revision.
/// </summary>
internal sealed class McpHttpExchange(McpHttpCheckpoint checkpoint, HttpPassage passage)
{
    private static readonly Patience s_patience = new() { FirstMs = 30_000, NextMs = 30_000, AltogetherMs = 60_000, Silence = Obstacle.TruncatedBody };

    private readonly Exchange _exchange = passage.Exchange;
    private readonly IHttpRequestFeature _request = passage.Features.GetRequiredFeature<IHttpRequestFeature>();
    private readonly IClientRelease _client = passage.Client;

    /// <summary>Request in, ruling, request out, response in, ruling, response out.</summary>
    /// <param name="target">What the request is for.</param>
    /// <param name="obstacles">What is wrong with it already.</param>
    /// <param name="gone">The client is gone.</param>
    public async Task RunAsync(McpTarget target, Obstacle obstacles, CancellationToken gone)
    {
        using var stay = new Stay(checkpoint.Http.Inspector, _exchange, gone);
        var cancel = stay.Token;
        try
        {
            using var writer = new MessageWriter();
            var facts = RequestHead.Read(_request, target.Url, writer);
            await using var body = OpenBody(facts, out var coding);
            using var held = body is null ? HeldBody.None : await body.HoldAsync(RpcLineReader.MaxBytes, s_patience, cancel).ConfigureAwait(false);
            await RunAsync(new HeldRequest(writer, facts with { Obstacles = facts.Obstacles | obstacles | coding }, held), target, stay).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await stay.EndAsync(_client, refused => ReplyOf(refused, target, new HttpTalk(_exchange, default), obstacles)).ConfigureAwait(false);
        }
    }

    /// <summary>From where the request is held: it may have been taken for something else until then.</summary>
    public async Task RunAsync(HeldRequest asked, McpTarget target, Stay stay)
    {
        var held = asked.Body;
        var frame = FrameOf(held, target);
        var talk = new HttpTalk(_exchange, frame)
        {
            IsResumed = _request.Headers.ContainsKey("Last-Event-ID"),
            IsListening = _request.Method == "GET" && target.IsEndpoint && _request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase),
            Session = SessionOf(_request.Headers["Mcp-Session-Id"].ToString(), target),
        };
        try
        {
            var request = Seal(asked, talk);
            var ruling = await checkpoint.Http.Inspector.InspectAsync(_exchange, request, stay.Token).ConfigureAwait(false);
            if (ruling.TryClear(out var cleared, out var refused))
            {
                await ForwardAsync(cleared, talk, target, stay).ConfigureAwait(false);
                if (_request.Method == "DELETE" && talk.Session is not null)
                {
                    await checkpoint.Http.Inspector.EndSessionAsync(_exchange, "MCP session closed").ConfigureAwait(false);
                }

                return;
            }

            request.Dispose();
            Withdraw(request.Facts.Obstacles, talk);
            await _client.ReplyAsync(ReplyOf(refused, target, talk, asked.Facts.Obstacles), stay.Gone).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stay.Token.IsCancellationRequested)
        {
            await stay.EndAsync(_client, refused => ReplyOf(refused, target, talk, asked.Facts.Obstacles)).ConfigureAwait(false);
        }
    }

    private Message Seal(in HeldRequest asked, HttpTalk talk)
    {
        var held = asked.Body;
        if (held.IsWhole && held != HeldBody.None)
        {
            asked.Writer.Body(held.Bytes);
        }

        var facts = BodyFacts.Outbound(asked.Facts.ContentType, held.Bytes) with
        {
            Kind = MessageKind.Request,
            Obstacles = asked.Facts.Obstacles | held.Obstacle | (held.IsWhole ? Obstacle.None : Obstacle.BodyTooLarge),
            Whole = true,
        };

        // Servers take it for JSON whatever its label says.
        return asked.Writer.Seal(talk.Said.Items is null ? facts : facts with
        {
            Content = ContentKind.Json,
            Charset = null,
            Obstacles = facts.Obstacles | Check(talk.Said, talk),
            Mcp = talk.Said.Whole.Facts,
        });
    }

    /// <summary>Up to 2024-11-05 the address of the messages names the session.</summary>
    private HttpSession? SessionOf(string named, McpTarget target) =>
        checkpoint.Sessions.Of(new HttpPlace(_exchange.Actor) { Origin = target.Origin }, named.Length > 0 ? named : HttpSessions.NameIn(target.Url));

    private async Task ForwardAsync(Cleared cleared, HttpTalk talk, McpTarget target, Stay stay)
    {
        // A tool may take its time.
        using var deadline = new HeadDeadline(TimeSpan.Zero, stay.Token);
        await passage.Onward.PassAsync(cleared, null, deadline, new Answering(_exchange, ProblemShape.Instance, AnswerAsync), stay).ConfigureAwait(false);

        Task AnswerAsync(HttpResponseMessage response, IClientRelease client, CancellationToken cancel)
        {
            if (response.Headers.NonValidated.TryGetValues("Mcp-Session-Id", out var named))
            {
                talk.Session ??= SessionOf(named.ToString(), target);
            }

            // In a proxy a client may take both sorts of answer and speak something else.
            var isOther = talk.Said.Items is null && target is { Behind: null, IsEndpoint: false };
            return isOther
                ? ResponseExchange.RunAsync(checkpoint.Http, _exchange, new ClientEnd(client, ProblemShape.Instance), response, cancel)
                : new McpHttpAnswer(checkpoint, talk, client).RunAsync(response, target, cancel);
        }
    }

    /// <summary>
    /// What is sent to the endpoint is a message; elsewhere (the address of messages up to 2024-11-05, OAuth) it is one when it reads like one, or when
    /// it asks for what only MCP has: then what is wrong with it refuses it.
    /// </summary>
    private RpcFrame FrameOf(HeldBody held, McpTarget target)
    {
        var frame = held.IsWhole ? RpcFrame.Of(held.Bytes) : RpcFrame.TooLong(default);
        return (_request.Method == "POST" && (target.IsEndpoint || frame.Fault == RpcFault.None)) || McpRecognition.IsIn(held.Bytes) ? frame : default;
    }

    private static void Withdraw(Obstacle obstacles, HttpTalk talk)
    {
        // An id that is in use belongs to the request that came first.
        if ((obstacles & Obstacle.RepeatedId) == 0)
        {
            talk.Withdraw();
        }
    }

    private Obstacle Check(in RpcFrame frame, HttpTalk talk)
    {
        // No header means this very revision, or an older one that has batches too.
        var hasBatches = _request.Headers["MCP-Protocol-Version"].ToString() is "" or "2025-03-26";
        return RpcSession.ObstacleOf(frame.Fault) | talk.Open() | talk.CheckAnswers() | (frame.IsBatch && !hasBatches ? Obstacle.StrayBatch : Obstacle.None);
    }

    /// <summary>An unreadable frame is 400, a page of somebody else 403; a refusal is no failure of HTTP, and clients take those for something else.</summary>
    private static Reply ReplyOf(Refused refused, McpTarget target, HttpTalk talk, Obstacle obstacles)
    {
        if ((obstacles & (Obstacle.ForeignOrigin | Obstacle.AuthorityMismatch)) != 0)
        {
            return target.Behind is null ? Reply.Of(refused) : Reply.Of(refused, 403);
        }

        var frame = talk.Said;
        return frame.Items is null ? Reply.Of(refused)
            : frame.Fault != RpcFault.None ? McpReply.Unreadable(refused, frame.Whole, frame.Fault == RpcFault.TooLong ? 413 : 400)
            : talk.Refuse(refused);
    }

    private BodySource? OpenBody(in RequestFacts facts, out Obstacle obstacle)
    {
        obstacle = Obstacle.None;
        if (passage.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return null;
        }

        var stream = ContentCoding.TryOpen(new ClientBodyStream(_request.Body), facts.ContentEncoding, _exchange.Policy.Policy.Flow, out obstacle);
        return stream is null ? null : new BodySource(stream, checkpoint.Http.Time, checkpoint.Http.Holding);
    }
}
