using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Transports.Http;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Mcp.Sockets;

/// <summary>Lets an agent that speaks over standard input and output talk to a server over a WebSocket.</summary>
/// <param name="parts">The checkpoint and what stands around it.</param>
/// <param name="endpoint">The server's endpoint, ws or wss.</param>
public sealed class SocketBridge(McpParts parts, Uri endpoint)
{
    /// <summary>How long answers are awaited when the agent has said all, as long as a wrapped server gets to end.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Whose certificates the server may show; null trusts whom the system trusts.</summary>
    public X509ChainPolicy? UpstreamTrust { get; init; }

    /// <summary>How long dialling may take; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs until the agent or the server closes its end.</summary>
    /// <returns>Null when the agent ended the session, else how the server failed.</returns>
    public async Task<string?> RunAsync(StdioWire wire, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wire);
        using var upstream = new UpstreamRelease(ConnectTimeout, UpstreamTrust) { Own = parts.Headers };
        using var agent = new LineRelease(wire.ToAgent);
        var exchange = Callers.BeginExchange("mcp-socket", parts);
        try
        {
            var (dialled, refused) = await DialAsync(upstream, exchange, cancel).ConfigureAwait(false);
            using var answer = dialled;
            refused ??= await RefusalOfAsync(dialled!.Response, exchange, cancel).ConfigureAwait(false);
            if (refused is not null)
            {
                await RefuseAllAsync(wire.FromAgent, agent, refused, cancel).ConfigureAwait(false);
                return "refused: " + refused.RuleId;
            }

            if (WebSocketHandshake.Judge(answer!.Response) != Obstacle.None)
            {
                return $"the server answers HTTP {(int)answer.Response.StatusCode} instead of opening a WebSocket";
            }

            using var server = new SocketLeg(SocketPeer.Server, await answer.Response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false));
            return await CarryAsync(wire.FromAgent, agent, server, exchange, cancel).ConfigureAwait(false) ? null : "the server closed the connection";
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            return "the server cannot be reached, or broke off";
        }
    }

    private async Task<bool> CarryAsync(Stream fromAgent, LineRelease agent, SocketLeg server, Exchange exchange, CancellationToken cancel)
    {
        var session = new RpcSession(() => exchange.Next(parts.Policies.Current));
        var wire = new SocketWire(server.Release);
        var upward = new RpcGate(parts.Inspector, session, new RpcEnds(Direction.Outbound) { To = wire, Back = agent });
        var downward = new RpcGate(parts.Inspector, session, new RpcEnds(Direction.Inbound) { To = agent, Back = wire });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var up = new LinePump(fromAgent, upward.PassAsync).RunAsync(over.Token);
        var down = new SocketFrames(parts.Inspector, exchange, server, downward.PassAsync).RunAsync(() => up.IsCompleted && !session.IsAwaited, over.Token);
        var agentEnded = await Task.WhenAny(up, down).ConfigureAwait(false) == up;
        over.CancelAfter(session.IsAwaited ? s_patience : TimeSpan.Zero);
        await down.ConfigureAwait(false);
        foreach (var id in session.WithdrawAll())
        {
            await agent.SayAsync(McpReply.Failed(id, "The server closed the connection without an answer."), CancellationToken.None).ConfigureAwait(false);
        }

        await FarewellAsync(server, exchange).ConfigureAwait(false);
        return agentEnded;
    }

    /// <summary>There is no server to talk to, and the agent hears why as often as it asks.</summary>
    private static Task RefuseAllAsync(Stream fromAgent, LineRelease agent, Refused refused, CancellationToken cancel)
    {
        return new LinePump(fromAgent, Refuse).RunAsync(cancel);

        ValueTask Refuse(in RpcFrame frame, ReadOnlySpan<byte> text, CancellationToken over)
        {
            var asked = frame.Items.Where(static item => item.Shape == RpcShape.Request).ToList();
            return asked.Count > 0 ? agent.SayAsync(McpReply.Of(refused, asked, frame.IsBatch), over) : ValueTask.CompletedTask;
        }
    }

    private async Task FarewellAsync(SocketLeg server, Exchange exchange)
    {
        using var patience = new CancellationTokenSource(s_patience, parts.Time);
        try
        {
            await server.Release.CloseAsync(CloseReply.GoingAway("the session is over"), patience.Token).ConfigureAwait(false);
        }
        catch (Exception lost) when (SocketLoss.Is(lost))
        {
            // It is gone already.
        }

        await parts.Inspector.CloseStreamAsync(exchange, Direction.Outbound, StreamOutcome.Complete).ConfigureAwait(false);
    }

    private async Task<(UpstreamResponse? Answer, Refused? Refused)> DialAsync(UpstreamRelease upstream, Exchange exchange, CancellationToken cancel)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, "GET");
        writer.Add(PartKind.Url, endpoint.AbsoluteUri);
        writer.Header("Sec-WebSocket-Protocol", "mcp");
        var request = writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound) { Whole = true });
        var ruling = await parts.Inspector.InspectAsync(exchange, request, cancel).ConfigureAwait(false);
        if (ruling.TryClear(out var cleared, out var refused))
        {
            return (await upstream.UpgradeAsync(cleared, compressed: false, cancel).ConfigureAwait(false), null);
        }

        request.Dispose();
        return (null, refused);
    }

    private async Task<Refused?> RefusalOfAsync(HttpResponseMessage response, Exchange exchange, CancellationToken cancel)
    {
        using var writer = new MessageWriter();
        var facts = ResponseHead.Read(response, writer);
        using var head = writer.Seal(new MessageFacts(MessageKind.Response, Direction.Inbound) { Status = (int)response.StatusCode, Obstacles = facts.Obstacles, Whole = true });
        var ruling = await parts.Inspector.InspectAsync(exchange, head, cancel).ConfigureAwait(false);
        return ruling.TryClear(out _, out var refused) ? null : refused;
    }
}
