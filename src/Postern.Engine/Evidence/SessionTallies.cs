namespace Postern.Engine.Evidence;

/// <summary>What every actor did since they were last summed up. Not thread-safe: kept under the lock that orders the records.</summary>
internal sealed class SessionTallies
{
    /// <summary>Actors counted apart; the rest is counted together.</summary>
    public const int MaxActors = 1024;

    /// <summary>Who stands for the rest.</summary>
    public const string Others = "(others)";

    private readonly Dictionary<string, SessionTally> _tallies = new(StringComparer.Ordinal);

    /// <summary>Who did something, in order of their names.</summary>
    public IReadOnlyList<string> Open => [.. _tallies.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Counts a record that was written. Allocates only for an actor or a name that is new.</summary>
    public void Add(in EvidenceDraft draft, long sequence)
    {
        if (!draft.Kind.IsOfTraffic())
        {
            return;
        }

        if (!_tallies.TryGetValue(draft.Actor, out var tally))
        {
            var actor = _tallies.Count < MaxActors ? draft.Actor : Others;
            if (!_tallies.TryGetValue(actor, out tally))
            {
                _tallies[actor] = tally = new SessionTally(sequence);
            }
        }

        tally.Add(in draft);
    }

    /// <summary>The draft with the counts of its actor in it, who begins anew.</summary>
    public EvidenceDraft Conclude(in EvidenceDraft draft)
    {
        _ = _tallies.Remove(draft.Actor, out var tally);
        tally ??= new SessionTally(0);
        return draft with
        {
            InspectedBytes = tally.InspectedBytes,
            OpaqueBytes = tally.OpaqueBytes,
            PolicyHash = tally.PolicyHash,
            PolicyRevision = tally.PolicyRevision,
            Summary = tally.Write(draft.Pinned),
        };
    }
}
