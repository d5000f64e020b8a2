using Postern.Engine.Capturing;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Program.Judging;

namespace Postern.Program.Replaying;

/// <summary>Judges captured messages anew, in the order in which they came, and counts beside <see cref="PolicyReplay"/> what is different.</summary>
internal sealed class CaptureReplay
{
    /// <summary>Conversations that are kept at once; of one that is older, the next message begins a new one.</summary>
    private const int MaxExchanges = 10_000;

    private readonly PolicyReplay _rulings;
    private readonly PolicySnapshot _policy;
    private readonly CapturedWorld _world = new();
    private readonly Offline _offline;
    private readonly Dictionary<(string Run, ulong Number), Exchange?> _exchanges = [];
    private readonly Queue<(string Run, ulong Number)> _order = new();

    public CaptureReplay(LoadedConfig candidate, PolicyReplay rulings)
    {
        _policy = new PolicySnapshot(1, candidate.Hash, candidate.Policy);
        (_rulings, _offline) = (rulings, new Offline(_policy, _world));
    }

    /// <summary>Messages that were judged anew.</summary>
    public long Judged { get; private set; }

    /// <summary>Messages of which only a part was captured; their records are weighed anew.</summary>
    public long CutShort { get; private set; }

    /// <summary>Messages whose secrets could not be replaced, so that nothing was captured of them; the same.</summary>
    public long Withheld { get; private set; }

    /// <summary>Messages that would not have come, as what was before them in their conversation is refused now.</summary>
    public long NeverCame { get; private set; }

    /// <summary>Names that nobody asked for when the messages were captured.</summary>
    public long Unresolved => _world.Unresolved;

    /// <summary>Judges a message.</summary>
    public async Task AddAsync(string run, Capture capture, CancellationToken cancel)
    {
        var record = capture.Record;
        var draft = (record.Draft.Exchange, record.Draft.Message);
        if (!TryEnter((run, draft.Exchange), capture, out var exchange))
        {
            NeverCame++;
            return;
        }

        if (capture.Content < CaptureContent.Replaced)
        {
            CutShort += capture.Content == CaptureContent.Cut ? 1 : 0;
            Withheld += capture.Content == CaptureContent.Withheld ? 1 : 0;
            await _rulings.AddAsync(record, cancel).ConfigureAwait(false);
            return;
        }

        Judged++;
        var verdict = await _offline.JudgeAsync(exchange!, capture.MakeMessage(), cancel).ConfigureAwait(false);
        var effect = _world.WasAsked ? Effect.Ask : verdict.Effect;
        _rulings.Add(record, effect, effect == Effect.Allow ? "" : RuleOf(verdict), secrets: capture.Content == CaptureContent.Replaced);
        if (effect == Effect.Deny && draft.Message is not (MessageKind.Rpc or MessageKind.Text))
        {
            _exchanges[(run, draft.Exchange)] = null;
        }
    }

    /// <summary>What decides; of what is edited or asked about, the first that is not accepted.</summary>
    private static string RuleOf(OfflineVerdict verdict) =>
        (verdict.Decisive ?? verdict.Findings.FirstOrDefault(static finding => finding.Acceptance is Acceptance.None or Acceptance.Edited))?.Rule.Id ?? "";

    /// <summary>False when the conversation has ended by what was refused in it.</summary>
    private bool TryEnter((string Run, ulong Number) id, Capture capture, out Exchange? exchange)
    {
        _world.Enter(capture);
        if (_exchanges.TryGetValue(id, out exchange))
        {
            return exchange is not null && capture.Adopt(exchange) is not null;
        }

        _order.Enqueue(id);
        if (_order.Count > MaxExchanges)
        {
            _exchanges.Remove(_order.Dequeue());
        }

        _exchanges[id] = exchange = capture.MakeExchange(_policy);
        return true;
    }
}
