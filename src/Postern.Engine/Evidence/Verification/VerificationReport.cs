namespace Postern.Engine.Evidence.Verification;

/// <summary>What verifying came to.</summary>
public sealed record VerificationReport
{
    /// <summary>True when nothing is wrong; see <see cref="CannotProve"/> for what that does not mean.</summary>
    public bool Sound => Failure is null;

    /// <summary>True when every chain has at least one checkpoint whose signature held.</summary>
    public bool Signed { get; init; }

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public EvidenceFailure? Failure { get; init; }

    /// <summary>Files read.</summary>
    public int Files { get; init; }

    /// <summary>Chains found.</summary>
    public int Chains { get; init; }

    /// <summary>Records read, headers and checkpoints included.</summary>
    public long Records { get; init; }

    /// <summary>Checkpoints whose root and signature held.</summary>
    public long Checkpoints { get; init; }

    /// <summary>The newest checkpoint of all chains; null when there is none.</summary>
    public Checkpoint? Latest { get; init; }

    /// <summary>Rulings, stream openings and closings that say deny.</summary>
    public long Denials { get; init; }

    /// <summary>Times a recorder went on with a chain after a stop.</summary>
    public long Resumptions { get; init; }

    /// <summary>
    /// Records that no checkpoint covered when a recorder went on after a stop, and that were signed only then; 0 after stops in good order.
    /// </summary>
    public long Adopted { get; init; }

    /// <summary>Records of all chains that stand after their chain's last checkpoint.</summary>
    public long Unsigned { get; init; }

    /// <summary>Streams that were opened and never closed.</summary>
    public long UnclosedStreams { get; init; }

    /// <summary>The exchanges of the first of them, as chain and exchange number; at most 100.</summary>
    public IReadOnlyList<string> UnclosedExchanges { get; init; } = [];

    /// <summary>Sessions that ended with a manifest.</summary>
    public long EndedSessions { get; init; }

    /// <summary>Sessions without one: Postern was killed, or is still at work.</summary>
    public long UnendedSessions { get; init; }

    /// <summary>The first of them, as chain and actor; at most 100.</summary>
    public IReadOnlyList<string> UnendedActors { get; init; } = [];

    /// <summary>The public keys that signed, lower-case hex, in the order of their chains.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>What this evidence cannot prove, one sentence each.</summary>
    public IReadOnlyList<string> CannotProve { get; init; } = [];
}
