using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Policy;

namespace Postern.Program.Judging;

/// <summary>
/// Keeps no evidence, because nothing leaves: the commands that use it judge and never take what was cleared. It remembers the last
/// ruling, which is what those commands print. Used by one judgement at a time.
/// </summary>
internal sealed class NothingLeavesSink : IEvidenceSink
{
    /// <summary>What was decided.</summary>
    public Effect Effect { get; private set; }

    /// <summary>What enforcing would have done, when the policy only observes and that differs.</summary>
    public Effect? Observed { get; private set; }

    /// <summary>What was found.</summary>
    public Finding[] Findings { get; private set; } = [];

    /// <summary>Forgets the last ruling: pieces of a stream have not each a record.</summary>
    public void Clear() => (Effect, Observed, Findings) = (Effect.Allow, null, []);

    /// <inheritdoc/>
    public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel)
    {
        Effect = draft.Effect;
        Observed = draft.Observed;
        Findings = draft.Findings.IsEmpty ? [] : draft.Findings.ToArray();
        return new(default(EvidenceId));
    }
}
