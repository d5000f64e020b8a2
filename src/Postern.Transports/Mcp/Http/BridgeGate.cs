using System.Net;
using System.Net.Sockets;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp.Http;

/// <summary>The way from an agent's line to a server over HTTP: each message is a POST of its own, so that none waits for another.</summary>
internal sealed class BridgeGate(BridgeParts parts, RpcSession session, IRpcWire agent)
{
    /// <summary>Times that one answer is resumed: each costs the server's retry time.</summary>
    private const int MaxResumptions = 16;

    private readonly BridgeState _state = new();
    private readonly RpcGate _down = new(parts.Inspector, session, new RpcEnds(Direction.Inbound) { To = agent, Back = new DeafWire() });

    private BridgeRequest Requests => new(parts.Endpoint, _state, session);

    /// <summary>The server's own stream; ended when the session is.</summary>
    public Task Stream { get; private set; } = Task.CompletedTask;

    /// <summary>Takes a frame of the agent's.</summary>
    public ValueTask PassAsync(in RpcFrame frame, ReadOnlySpan<byte> text, CancellationToken cancel)
    {
        var passage = session.Admit(frame, Direction.Outbound);
        return PostAsync(passage, Requests.Post(text, passage), cancel);
    }

    /// <summary>Ends the session at the server.</summary>
    public async Task CloseAsync(CancellationToken cancel)
    {
        if (_state.Session is not null)
        {
            using var gone = await TrySendAsync(parts.Begin(), Requests.Delete(), cancel).ConfigureAwait(false);
        }
    }

    private async ValueTask PostAsync(RpcPassage passage, Message message, CancellationToken cancel)
    {
        var ruling = await parts.Inspector.InspectAsync(passage.Exchange, message, cancel).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out var refused) || passage.Frame.Fault != RpcFault.None)
        {
            var redirected = refused is null ? null : RedirectedCall.Of(passage, refused, message);
            message.Dispose();
            session.Refused(passage);
            if (redirected is not null && await redirected.AnswerAsync(parts.Inspector, cancel).ConfigureAwait(false) is { } instead)
            {
                await agent.PassAsync(instead, cancel).ConfigureAwait(false);
                return;
            }

            await RefuseAsync(passage, refused, cancel).ConfigureAwait(false);
            return;
        }

        var asked = passage.Frame.Items.Where(static item => item.Shape == RpcShape.Request).ToList();
        try
        {
            using var answer = await parts.Checkpoint.Upstream.ForwardAsync(cleared, null, http2: true, cancel).ConfigureAwait(false);
            Note(answer.Response, passage);
            var answers = AnswersFor(passage.Exchange);
            var said = await answers.ReadAsync(answer.Response, cancel).ConfigureAwait(false);
            if (said)
            {
                await ResumeAsync(answers, passage.Exchange, asked, cancel).ConfigureAwait(false);
            }

            await FailAsync(asked, $"The server answered HTTP {(int)answer.Response.StatusCode} without an answer.", cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException || (e is IOException or OperationCanceledException && !cancel.IsCancellationRequested))
        {
            await FailAsync(asked, "The server cannot be reached, or broke off.", cancel).ConfigureAwait(false);
        }
    }

    private BridgeAnswers AnswersFor(Exchange exchange) => new(_down, parts.Checkpoint, exchange.Policy.Policy.Flow);

    /// <summary>A stream that ended before its answer is resumed where it had a place to resume at (up to 2025-11-25).</summary>
    private async Task ResumeAsync(BridgeAnswers answers, Exchange exchange, List<RpcEnvelope> asked, CancellationToken cancel)
    {
        for (var times = 0; times < MaxResumptions && answers.LastEvent is { } last && asked.Exists(one => session.IsOpen(one.Id)); times++)
        {
            await Task.Delay(answers.Retry, parts.Checkpoint.Time, cancel).ConfigureAwait(false);
            using var again = await TrySendAsync(exchange, Requests.Get(last), cancel).ConfigureAwait(false);
            if (again is null || !again.Response.IsSuccessStatusCode)
            {
                return;
            }

            await answers.ReadAsync(again.Response, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Whoever asked hears that nothing will come.</summary>
    private async Task FailAsync(List<RpcEnvelope> asked, string why, CancellationToken cancel)
    {
        foreach (var one in asked.Where(one => session.TryWithdraw(one.Id)))
        {
            await agent.SayAsync(McpReply.Failed(one.Id, why), cancel).ConfigureAwait(false);
        }
    }

    private async Task RefuseAsync(RpcPassage passage, Refused? refused, CancellationToken cancel)
    {
        if (refused is null)
        {
            return;
        }

        var asked = passage.Frame.Items.Where(static item => item.Shape == RpcShape.Request).ToList();
        if (asked.Count > 0)
        {
            await agent.SayAsync(McpReply.Of(refused, asked, passage.Frame.IsBatch), cancel).ConfigureAwait(false);
        }
        else if (passage.Frame.Fault != RpcFault.None)
        {
            await agent.SayAsync(McpReply.Unreadable(refused, passage.Frame.Whole), cancel).ConfigureAwait(false);
        }
    }

    /// <summary>What the response says about the session; its beginning is over when the server took the client's word for it.</summary>
    private void Note(HttpResponseMessage response, in RpcPassage passage)
    {
        if (response.Headers.NonValidated.TryGetValues("Mcp-Session-Id", out var named))
        {
            _state.Session = named.ToString();
        }

        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            _state.Session = null;
        }

        if (response.IsSuccessStatusCode && passage.Frame.Whole.Method.Span.SequenceEqual(RpcMethods.Initialized) && !_state.HasStream)
        {
            _state.HasStream = true;
            Stream = ListenAsync(parts.Over);
        }
    }

    /// <summary>What the server says by itself. One that has no such stream says so, and is not asked again.</summary>
    private async Task ListenAsync(CancellationToken cancel)
    {
        var exchange = parts.Begin();
        var answers = AnswersFor(exchange);
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                using var opened = await TrySendAsync(exchange, Requests.Get(answers.LastEvent), cancel).ConfigureAwait(false);
                if (opened is null || !opened.Response.IsSuccessStatusCode || !await answers.ReadAsync(opened.Response, cancel).ConfigureAwait(false))
                {
                    return;
                }

                await Task.Delay(answers.Retry, parts.Checkpoint.Time, cancel).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The server or the session is gone.
        }
    }

    /// <summary>Null when it was refused or nobody answers.</summary>
    private async Task<UpstreamResponse?> TrySendAsync(Exchange exchange, Message message, CancellationToken cancel)
    {
        var ruling = await parts.Inspector.InspectAsync(exchange, message, cancel).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out _))
        {
            message.Dispose();
            return null;
        }

        try
        {
            return await parts.Checkpoint.Upstream.ForwardAsync(cleared, null, http2: true, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return null;
        }
    }
}
