using Postern.Engine.Evidence;
using Postern.Engine.Policy;

namespace Postern.Program.Reports;

/// <summary>Rulings, counted by what came of them.</summary>
internal sealed class Tally
{
    /// <summary>Passed as they were.</summary>
    public long Passed { get; private set; }

    /// <summary>Passed after something was cut out or replaced.</summary>
    public long Edited { get; private set; }

    /// <summary>Did not pass.</summary>
    public long Refused { get; private set; }

    /// <summary>Passed, and would not have with enforcing.</summary>
    public long Observed { get; private set; }

    /// <summary>All of them.</summary>
    public long All => Passed + Edited + Refused;

    /// <summary>Counts one.</summary>
    public void Add(in EvidenceDraft ruling)
    {
        Passed += ruling.Effect == Effect.Allow ? 1 : 0;
        Edited += ruling.Effect == Effect.Redact ? 1 : 0;
        Refused += ruling.Effect is Effect.Deny or Effect.Ask ? 1 : 0;
        Observed += ruling.Observed is null ? 0 : 1;
    }
}
