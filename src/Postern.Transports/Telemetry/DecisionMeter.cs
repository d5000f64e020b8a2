using System.Collections.Concurrent;
using System.Text;
using Postern.Engine.Evidence;
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

    private readonly long[] _effects = new long[4];
    private readonly ConcurrentDictionary<string, long[]> _transports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _rules = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _refusedDestinations = new(StringComparer.Ordinal);
    private long _inspected;
    private long _opaque;
    private long _tunnels;
    private long _lost;

    /// <summary>Rulings by effect, in the order of <see cref="Effect"/>.</summary>
    public IReadOnlyList<long> Effects => _effects;

    /// <summary>Rulings per transport, each by effect.</summary>
    public IReadOnlyDictionary<string, long[]> Transports => _transports;

    /// <summary>Findings per rule.</summary>
    public IReadOnlyDictionary<string, long> Rules => _rules;

    /// <summary>Refusals per destination.</summary>
    public IReadOnlyDictionary<string, long> RefusedDestinations => _refusedDestinations;

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
        if (draft.Kind == EvidenceKind.Ruling)
        {
            Interlocked.Add(ref _inspected, draft.InspectedBytes);
            Interlocked.Add(ref _opaque, effect is Effect.Allow or Effect.Redact ? draft.OpaqueBytes : 0);
            Interlocked.Increment(ref _effects[(int)effect]);
            var perTransport = _transports.GetOrAdd(draft.Transport, static _ => new long[4]);
            Interlocked.Increment(ref perTransport[(int)effect]);
        }
        else if (draft.Kind == EvidenceKind.Close)
        {
            // Open and span records are sums so far; the close record is the whole.
            Interlocked.Add(ref _inspected, draft.InspectedBytes);
            Interlocked.Add(ref _opaque, draft.OpaqueBytes);
            Interlocked.Add(ref _tunnels, draft.Message == Engine.Flow.MessageKind.Tunnel ? 1 : 0);
        }

        foreach (var finding in draft.Findings)
        {
            Bump(_rules, finding.Rule.Id);
        }

        if (draft.Kind == EvidenceKind.Ruling && effect == Effect.Deny)
        {
            Bump(_refusedDestinations, Encoding.ASCII.GetString(draft.Destination));
        }
    }

    private static void Bump(ConcurrentDictionary<string, long> table, string name) =>
        table.AddOrUpdate(table.Count < MaxNames || table.ContainsKey(name) ? name : "other", 1, static (_, count) => count + 1);
}
