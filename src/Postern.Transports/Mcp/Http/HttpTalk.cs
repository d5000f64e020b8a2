using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp.Http;

/// <summary>
/// What one HTTP request asked, and what may answer it. In a session the answer may come on another stream of it; without one it comes
/// on the request's own response and nowhere else, because clients that share no session share no ids.
/// </summary>
/// <param name="exchange">The request and its response.</param>
/// <param name="frame">What the request said; default when it said nothing in JSON-RPC.</param>
internal sealed class HttpTalk(Exchange exchange, RpcFrame frame)
{
    private readonly RpcCalls _open = new();

    /// <summary>The request and its response.</summary>
    public Exchange Exchange => exchange;

    /// <summary>What the request said.</summary>
    public RpcFrame Said => frame;

    /// <summary>The requests in it, which are owed an answer.</summary>
    public IReadOnlyList<RpcEnvelope> Asked { get; } = [.. (frame.Items ?? []).Where(static item => item.Shape == RpcShape.Request)];

    /// <summary>What was sent as one array is answered as one.</summary>
    public bool IsBatch => frame.Items is not null && frame.IsBatch;

    /// <summary>The session that both sides named; null for none.</summary>
    public HttpSession? Session { get; set; }

    /// <summary>True when the client asks again for what followed an event: then an answer may come twice.</summary>
    public bool IsResumed { get; init; }

    /// <summary>True when the client asks for the server's own stream: some read it as one whatever its type says.</summary>
    public bool IsListening { get; init; }

    /// <summary>True when a success must say something in JSON-RPC, or stream it.</summary>
    public bool IsOwedRpc => IsListening || Asked.Count > 0;

    /// <summary>Opens the requests; what is wrong with their ids.</summary>
    public Obstacle Open()
    {
        var obstacles = Obstacle.None;
        foreach (var one in Asked)
        {
            obstacles |= (Session?.Asked ?? _open).TryOpen(one.Id, new RpcCall(exchange, one)) ? Obstacle.None : Obstacle.RepeatedId;
        }

        return obstacles;
    }

    /// <summary>What the client's answers in the request answer.</summary>
    public Obstacle CheckAnswers()
    {
        var obstacles = Obstacle.None;
        foreach (var item in frame.Items ?? [])
        {
            var isAnswer = item.Shape is RpcShape.Result or RpcShape.Error && !item.Id.IsNone;
            obstacles |= isAnswer && Session is not null && !Session.AskedBack.TryClose(item.Id, out _) ? Obstacle.UnaskedReply : Obstacle.None;
        }

        return obstacles;
    }

    /// <summary>Takes in what the server says: what it answers, what is wrong with it, what is known of it.</summary>
    public RpcPassage Admit(in RpcFrame said)
    {
        var obstacles = RpcSession.ObstacleOf(said.Fault) | (said.IsBatch && !IsBatch ? Obstacle.StrayBatch : Obstacle.None);
        var answers = new List<RpcCall>();
        foreach (var item in said.Items)
        {
            if (item.Shape == RpcShape.Request)
            {
                obstacles |= Session?.AskedBack.TryOpen(item.Id, new RpcCall(exchange, item)) == false ? Obstacle.RepeatedId : Obstacle.None;
            }
            else if (!item.Id.IsNone && item.Shape != RpcShape.Notification)
            {
                if (TryAnswer(item.Id, out var call))
                {
                    answers.Add(call!);
                }
                else
                {
                    obstacles |= Obstacle.UnaskedReply;
                }
            }
        }

        var facts = RpcSession.FactsOf(said.Whole, answers.Count == 1 ? answers[0] : null);
        return new RpcPassage(said, Direction.Inbound, exchange) { Obstacles = obstacles, Facts = facts, Answers = answers };
    }

    /// <summary>The request never left: nothing will answer it.</summary>
    public void Withdraw()
    {
        foreach (var one in Asked)
        {
            (Session?.Asked ?? _open).TryClose(one.Id, out _);
        }
    }

    /// <summary>The refusal of the whole request, or of the response in its place.</summary>
    public Reply Refuse(Refused refused) => Asked.Count > 0
        ? McpReply.Of(refused, Asked, IsBatch)
        : Reply.Own(202, "application/json", default);

    private bool TryAnswer(RpcId id, out RpcCall? call)
    {
        if (_open.TryAnswer(id, out call))
        {
            return true;
        }

        if (Session is null || !(Session.Asked.TryAnswer(id, out call) || (IsResumed && Session.Answered.TryClose(id, out call))))
        {
            return false;
        }

        Session.Answered.TryOpen(id, call);
        return true;
    }
}
