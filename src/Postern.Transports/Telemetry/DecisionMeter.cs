using System.Collections.Concurrent;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Transports.Telemetry;

/// <summary>
/// Counts what is recorded, on its way to where it is kept: every ruling passes here, so no transport counts for itself. It counts
/// what came of a ruling, so after its record was kept or lost. Allocates only when something was found, or when keeping takes time.
/// </summary>
public sealed class DecisionMeter(IEvidenceSink kept) : IEvidenceSink
{
    /// <summary>Names counted apart, per table; the rest is counted together.</summary>
    private const int MaxNames = 1024;

    private const int EffectCount = 4;
    private const int DirectionCount = 2;

    private static readonly int s_kinds = Enum.GetValues<MessageKind>().Length;

    // Per transport one count for each kind of message, direction and effect: one addition says all three.
    private readonly ConcurrentDictionary<string, long[]> _rulings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _rules = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _categories = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _acceptances = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _refusedDestinations = new(StringComparer.Ordinal);
    private long _inspected;
    private long _opaque;
    private long _tunnels;
    private long _opened;
    private long _pieces;
    private long _observed;
    private long _grave;
    private long _notices;
    private long _lost;

    /// <summary>Rulings by effect, in the order of <see cref="Effect"/>.</summary>
    public IReadOnlyList<long> Effects => [.. Enumerable.Range(0, EffectCount).Select(effect => Transports.Values.Sum(counts => counts[effect]))];

    /// <summary>Rulings per transport, each by effect.</summary>
    public IReadOnlyDictionary<string, long[]> Transports => _rulings.ToDictionary(
        static pair => pair.Key,
        static pair => Enumerable.Range(0, EffectCount).Select(effect => pair.Value.Where((_, cell) => cell % EffectCount == effect).Sum()).ToArray());

    /// <summary>Rulings per kind of message and direction; kinds that never came are left out.</summary>
    public IEnumerable<(MessageKind Kind, Direction Direction, long Count)> Messages =>
        from kind in Enum.GetValues<MessageKind>()
        from direction in Enum.GetValues<Direction>()
        let count = _rulings.Values.Sum(cells => cells.AsSpan(CellOf(kind, direction, default), EffectCount).ToArray().Sum())
        where count > 0
        select (kind, direction, count);

    /// <summary>Findings per rule.</summary>
    public IReadOnlyDictionary<string, long> Rules => _rules;

    /// <summary>Findings per category of rules.</summary>
    public IReadOnlyDictionary<string, long> Categories => _categories;

    /// <summary>Findings that cost nothing, by why.</summary>
    public IReadOnlyDictionary<string, long> Acceptances => _acceptances;

    /// <summary>Refusals per category of their first finding that counts.</summary>
    public IReadOnlyDictionary<string, long> Reasons => _reasons;

    /// <summary>Streams that ended, by how.</summary>
    public IReadOnlyDictionary<string, long> Outcomes => _outcomes;

    /// <summary>Refusals per destination.</summary>
    public IReadOnlyDictionary<string, long> RefusedDestinations => _refusedDestinations;

    /// <summary>Streams that began.</summary>
    public long Opened => Volatile.Read(ref _opened);

    /// <summary>Pieces of streams that ended.</summary>
    public long Pieces => Volatile.Read(ref _pieces);

    /// <summary>Rulings that enforcing would have made otherwise.</summary>
    public long Observed => Volatile.Read(ref _observed);

    /// <summary>Refusals for something grave.</summary>
    public long Grave => Volatile.Read(ref _grave);

    /// <summary>What Postern said about itself.</summary>
    public long Notices => Volatile.Read(ref _notices);

    /// <summary>Bytes that were looked at.</summary>
    public long InspectedBytes => Volatile.Read(ref _inspected);

    /// <summary>Bytes that passed unread.</summary>
    public long OpaqueBytes => Volatile.Read(ref _opaque);

    /// <summary>Opaque tunnels that ended.</summary>
    public long Tunnels => Volatile.Read(ref _tunnels);

    /// <summary>Appends that failed.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <inheritdoc/>
    public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel)
    {
        ValueTask<EvidenceId> pending;
        try
        {
            pending = kept.AppendAsync(draft, cancel);
        }
        catch (EvidenceLostException)
        {
            CountLost(draft);
            throw;
        }

        if (!pending.IsCompletedSuccessfully)
        {
            return FollowAsync(pending, new LateDraft(draft));
        }

        Count(draft, draft.Effect);
        return pending;
    }

    private async ValueTask<EvidenceId> FollowAsync(ValueTask<EvidenceId> pending, LateDraft late)
    {
        try
        {
            var id = await pending.ConfigureAwait(false);
            Count(late.Draft, late.Draft.Effect);
            return id;
        }
        catch (EvidenceLostException)
        {
            CountLost(late.Draft);
            throw;
        }
    }

    /// <summary>Without its record nothing passed, whatever the draft says: it was looked at, and refused.</summary>
    private void CountLost(in EvidenceDraft draft)
    {
        Interlocked.Increment(ref _lost);
        Count(draft, Effect.Deny);
    }

    private void Count(in EvidenceDraft draft, Effect effect)
    {
        switch (draft.Kind)
        {
            case EvidenceKind.Ruling:
                CountRuling(draft, effect);
                break;
            case EvidenceKind.Open:
                Interlocked.Increment(ref _opened);
                break;
            case EvidenceKind.Close:
                CountClose(draft);
                break;
            case EvidenceKind.Event:
                Interlocked.Increment(ref _notices);
                break;
            default:
                break;
        }

        if (!draft.Findings.IsEmpty)
        {
            CountFindings(draft.Findings);
        }
    }

    private void CountRuling(in EvidenceDraft draft, Effect effect)
    {
        Interlocked.Add(ref _inspected, draft.InspectedBytes);
        Interlocked.Add(ref _opaque, effect is Effect.Allow or Effect.Redact ? draft.OpaqueBytes : 0);
        var cells = _rulings.GetOrAdd(draft.Transport, static _ => new long[s_kinds * DirectionCount * EffectCount]);
        Interlocked.Increment(ref cells[CellOf(draft.Message, draft.Direction, effect)]);
        if (draft.Observed is not null)
        {
            Interlocked.Increment(ref _observed);
        }

        if (effect == Effect.Deny)
        {
            CountRefusal(draft);
        }
    }

    private void CountRefusal(in EvidenceDraft draft)
    {
        Bump(_refusedDestinations, Encoding.ASCII.GetString(draft.Destination));
        var (reason, isGrave) = ("none", false);
        foreach (var finding in draft.Findings)
        {
            if (finding.Acceptance == Acceptance.None)
            {
                reason = reason == "none" ? VerdictNames.Of(finding.Rule.Category) : reason;
                isGrave |= Urgencies.IsGrave(finding.Rule);
            }
        }

        Bump(_reasons, reason);
        Interlocked.Add(ref _grave, isGrave ? 1 : 0);
    }

    // Open and span records are sums so far; the close record is the whole.
    private void CountClose(in EvidenceDraft draft)
    {
        Interlocked.Add(ref _inspected, draft.InspectedBytes);
        Interlocked.Add(ref _opaque, draft.OpaqueBytes);
        Interlocked.Add(ref _pieces, draft.Pieces);
        if (draft.Message == MessageKind.Tunnel)
        {
            Interlocked.Increment(ref _tunnels);
        }
        else
        {
            Bump(_outcomes, draft.Note ?? string.Empty);
        }
    }

    private void CountFindings(ReadOnlySpan<Finding> findings)
    {
        foreach (var finding in findings)
        {
            Bump(_rules, finding.Rule.Id);
            Bump(_categories, VerdictNames.Of(finding.Rule.Category));
            if (finding.Acceptance != Acceptance.None)
            {
                Bump(_acceptances, VerdictNames.Of(finding.Acceptance));
            }
        }
    }

    private static int CellOf(MessageKind kind, Direction direction, Effect effect) => ((((int)kind * DirectionCount) + (int)direction) * EffectCount) + (int)effect;

    private static void Bump(ConcurrentDictionary<string, long> table, string name) =>
        table.AddOrUpdate(table.Count < MaxNames || table.ContainsKey(name) ? name : "other", 1, static (_, count) => count + 1);
}
