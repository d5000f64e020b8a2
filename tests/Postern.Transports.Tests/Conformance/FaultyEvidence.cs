using System.Collections.Concurrent;
using Postern.Engine.Evidence;
using Postern.Engine.Policy;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Keeps records in memory, and fails from the Nth append on when a scenario asks for it.</summary>
internal sealed class FaultyEvidence : IEvidenceSink, IEvidenceHealth
{
    private int _appends;

    public int FailFrom { get; set; } = int.MaxValue;

    public string? LostBecause => Volatile.Read(ref _appends) >= FailFrom ? "The disk is full." : null;

    public Checkpoint? LastCheckpoint { get; set; }

    public ConcurrentQueue<Kept> Records { get; } = new();

    public IEnumerable<string> RefusedRules => Records.Where(r => r.Effect == Effect.Deny).SelectMany(r => r.Rules);

    public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel)
    {
        var number = Interlocked.Increment(ref _appends);
        if (number >= FailFrom)
        {
            throw new EvidenceLostException("The disk is full.");
        }

        var rules = new List<string>();
        foreach (var finding in draft.Findings)
        {
            rules.Add(finding.Rule.Id);
        }

        Records.Enqueue(new Kept(draft.Kind, draft.Transport, draft.Message, draft.Direction, draft.Effect, draft.Observed, draft.PolicyRevision, draft.Note, rules) { Actor = draft.Actor });
        return new(new EvidenceId(1, number));
    }
}
