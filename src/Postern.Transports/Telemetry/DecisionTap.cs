using Postern.Engine.Evidence;

namespace Postern.Transports.Telemetry;

/// <summary>Lets others read along on the way to where evidence is kept. They hear of a ruling after its record was kept or lost.</summary>
/// <param name="kept">Where evidence is kept.</param>
/// <param name="time">The clock of the entries.</param>
/// <param name="readers">Who reads along.</param>
public sealed class DecisionTap(IEvidenceSink kept, TimeProvider time, params IReadOnlyList<IDecisionReader> readers) : IEvidenceSink
{
    /// <inheritdoc/>
    public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel)
    {
        // One bit for each reader that wants it.
        var wanted = 0;
        for (var i = 0; i < readers.Count; i++)
        {
            wanted |= readers[i].Wants(draft) ? 1 << i : 0;
        }

        if (wanted == 0)
        {
            return kept.AppendAsync(draft, cancel);
        }

        var entry = new LogEntry(draft, time.GetUtcNow());
        ValueTask<EvidenceId> pending;
        try
        {
            pending = kept.AppendAsync(draft, cancel);
        }
        catch (EvidenceLostException)
        {
            Tell(wanted, entry.Lost());
            throw;
        }

        if (!pending.IsCompletedSuccessfully)
        {
            return FollowAsync(pending, wanted, entry);
        }

        var id = pending.Result;
        Tell(wanted, entry.KeptAs(id));
        return new(id);
    }

    private async ValueTask<EvidenceId> FollowAsync(ValueTask<EvidenceId> pending, int wanted, LogEntry entry)
    {
        try
        {
            var id = await pending.ConfigureAwait(false);
            Tell(wanted, entry.KeptAs(id));
            return id;
        }
        catch (EvidenceLostException)
        {
            Tell(wanted, entry.Lost());
            throw;
        }
    }

    private void Tell(int wanted, LogEntry entry)
    {
        for (var i = 0; i < readers.Count; i++)
        {
            if ((wanted & (1 << i)) != 0)
            {
                readers[i].Take(entry);
            }
        }
    }
}
