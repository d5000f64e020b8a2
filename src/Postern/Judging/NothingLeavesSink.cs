using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Policy;

namespace Postern.Program.Judging;

/// <summary>
/// Keeps no evidence, because nothing leaves: the commands that use it judge and never take what was cleared. It remembers the last
/// ruling, which is what those commands print, and counts. Used by one judgement at a time.
/// </summary>
internal sealed class NothingLeavesSink : IEvidenceSink
{
    /// <summary>Rulings so far.</summary>
    public long Count { get; private set; }

    /// <summary>The effect of the last ruling.</summary>
    public Effect Effect { get; private set; }

    /// <summary>What enforcing would have done, when the policy only observes and that differs.</summary>
    public Effect? Observed { get; private set; }

    /// <summary>Why the last message may pass; empty for a refusal.</summary>
    public string Grant { get; private set; } = "";

    /// <summary>What was found.</summary>
    public Finding[] Findings { get; private set; } = [];

    /// <inheritdoc/>
    public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel)
    {
        Count++;
        (Effect, Observed, Grant) = (draft.Effect, draft.Observed, draft.Grant);
        Findings = draft.Findings.IsEmpty ? [] : draft.Findings.ToArray();
        return new(default(EvidenceId));
    }
}
