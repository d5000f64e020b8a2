using Postern.Engine.Flow;
using Postern.Engine.Mcp;

namespace Postern.Transports.Mcp;

/// <summary>What one client and one server have open with each other. Thread-safe.</summary>
/// <param name="begin">Begins a conversation under the policy in force.</param>
internal sealed class RpcSession(Func<Exchange> begin)
{
    /// <summary>The only revision with batches.</summary>
    private const string BatchRevision = "2025-03-26";

    private readonly RpcCalls _asked = new();
    private readonly RpcCalls _askedBack = new();
    private volatile string? _revision;

    /// <summary>The revision that both sides agreed on; null before, and where there is nothing to agree on.</summary>
    public string? Revision
    {
        get => _revision;
        set => _revision = value;
    }

    /// <summary>
    /// Takes a frame in: opens the requests in it and closes those that it answers. Whatever comes of it must be told to
    /// <see cref="Refused"/> when it does not pass.
    /// </summary>
    public RpcPassage Admit(in RpcFrame frame, Direction direction)
    {
        var obstacles = ObstacleOf(frame.Fault) | (frame.IsBatch && Revision != BatchRevision ? Obstacle.StrayBatch : Obstacle.None);
        if (!frame.IsBatch)
        {
            return AdmitOne(frame, direction, obstacles);
        }

        var exchange = begin();
        var calls = new List<RpcCall>();
        foreach (var item in frame.Items)
        {
            if (item.Shape == RpcShape.Request && !CallsFrom(direction).TryOpen(item.Id, new RpcCall(exchange, item)))
            {
                obstacles |= Obstacle.RepeatedId;
            }
            else if (TryAnswer(item, direction, out var call))
            {
                calls.Add(call!);
            }
            else if (IsAnswer(item))
            {
                obstacles |= Obstacle.UnaskedReply;
            }
        }

        return new RpcPassage(frame, direction, exchange) { Obstacles = obstacles, Facts = frame.Whole.Facts, Answers = calls };
    }

    /// <summary>The frame did not pass: nobody will answer the requests in it.</summary>
    public void Refused(in RpcPassage passage)
    {
        if ((passage.Obstacles & Obstacle.RepeatedId) != 0 && !passage.Frame.IsBatch)
        {
            // The id belongs to the request that came first.
            return;
        }

        foreach (var item in passage.Frame.Items)
        {
            if (item.Shape == RpcShape.Request)
            {
                CallsFrom(passage.Direction).TryClose(item.Id, out _);
            }
        }
    }

    /// <summary>True while a request of the client's waits for its answer.</summary>
    public bool IsOpen(RpcId id) => _asked.Has(id);

    /// <summary>True while any request of the client's waits for its answer.</summary>
    public bool IsAwaited => _asked.Count > 0;

    /// <summary>Nothing will answer any request of the client's.</summary>
    public IReadOnlyList<RpcId> WithdrawAll() => _asked.CloseAll();

    /// <summary>Nothing will answer this request of the client's; false when something did.</summary>
    public bool TryWithdraw(RpcId id) => _asked.TryClose(id, out _);

    /// <summary>What is known of a frame, given what was asked.</summary>
    public static McpFacts FactsOf(in RpcEnvelope envelope, RpcCall? answered) => answered is null
        ? envelope.Facts
        : envelope.Facts with { Method = answered.Asked.Method, Tool = answered.Asked.Tool };

    /// <summary>What is wrong with a frame.</summary>
    public static Obstacle ObstacleOf(RpcFault fault) => fault switch
    {
        RpcFault.None => Obstacle.None,
        RpcFault.TooLong => Obstacle.PieceTooLarge,
        _ => Obstacle.InvalidRpc,
    };

    private RpcPassage AdmitOne(in RpcFrame frame, Direction direction, Obstacle obstacles)
    {
        if (TryAnswer(frame.Whole, direction, out var call))
        {
            return new RpcPassage(frame, direction, call!.Exchange)
            {
                Obstacles = obstacles,
                Facts = FactsOf(frame.Whole, call),
                Answers = [call],
            };
        }

        var exchange = begin();
        if (IsAnswer(frame.Whole))
        {
            obstacles |= Obstacle.UnaskedReply;
        }
        else if (frame.Whole.Shape == RpcShape.Request && !CallsFrom(direction).TryOpen(frame.Whole.Id, new RpcCall(exchange, frame.Whole)))
        {
            obstacles |= Obstacle.RepeatedId;
        }

        return new RpcPassage(frame, direction, exchange) { Obstacles = obstacles, Facts = frame.Whole.Facts, Answers = [] };
    }

    /// <summary>Also a broken answer closes its request: it is the only one that will come.</summary>
    private bool TryAnswer(in RpcEnvelope item, Direction direction, out RpcCall? call)
    {
        call = null;
        var mayAnswer = item.Shape is RpcShape.Result or RpcShape.Error || (item.Shape == RpcShape.None && item.Method.IsEmpty);
        return mayAnswer && !item.Id.IsNone && CallsTo(direction).TryAnswer(item.Id, out call);
    }

    /// <summary>An error without an id answers nothing and claims nothing.</summary>
    private static bool IsAnswer(in RpcEnvelope item) => item.Shape == RpcShape.Result || (item.Shape == RpcShape.Error && !item.Id.IsNone);

    private RpcCalls CallsFrom(Direction direction) => direction == Direction.Outbound ? _asked : _askedBack;

    private RpcCalls CallsTo(Direction direction) => direction == Direction.Outbound ? _askedBack : _asked;
}
