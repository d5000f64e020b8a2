using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Evidence;

/// <summary>What the inspector asks to be recorded. Borrowed: everything is written out before the append returns.</summary>
public readonly ref struct EvidenceDraft
{
    /// <summary>What happened.</summary>
    public EvidenceKind Kind { get; init; }

    /// <summary>Who acts: the agent's name as the listener knows it.</summary>
    public required string Actor { get; init; }

    /// <summary>The exchange, unique within the process.</summary>
    public ulong Exchange { get; init; }

    /// <summary>The transport's name, for example <c>forward</c>.</summary>
    public required string Transport { get; init; }

    /// <summary>Which way the message travels.</summary>
    public Direction Direction { get; init; }

    /// <summary>What kind of message it is.</summary>
    public MessageKind Message { get; init; }

    /// <summary>The request method in ASCII; empty when there is none.</summary>
    public ReadOnlySpan<byte> Method { get; init; }

    /// <summary>Scheme, host and port in canonical ASCII; never path or query, which may hold a secret.</summary>
    public ReadOnlySpan<byte> Destination { get; init; }

    /// <summary>What was decided.</summary>
    public Effect Effect { get; init; }

    /// <summary>What enforcing would have decided, when the policy only observes.</summary>
    public Effect? Observed { get; init; }

    /// <summary>Why the message may pass; empty for a refusal.</summary>
    public string Grant { get; init; }

    /// <summary>What was found; their rules, places and fingerprints are recorded.</summary>
    public ReadOnlySpan<Finding> Findings { get; init; }

    /// <summary>The policy the decision was made under.</summary>
    public long PolicyRevision { get; init; }

    /// <summary>Its hash, lower-case hex.</summary>
    public required string PolicyHash { get; init; }

    /// <summary>Bytes that were looked at.</summary>
    public long InspectedBytes { get; init; }

    /// <summary>Bytes that passed, or will pass, without being read.</summary>
    public long OpaqueBytes { get; init; }

    /// <summary>How many pieces of a stream this record stands for.</summary>
    public long Pieces { get; init; }

    /// <summary>SHA-256 over the pieces of a stream so far; empty otherwise.</summary>
    public ReadOnlySpan<byte> Digest { get; init; }

    /// <summary>The process that asked; null when it is not known.</summary>
    public PeerProcess? Process { get; init; }

    /// <summary>The trace that the request named; empty for none. Written as it is, so only what <see cref="TraceContext"/> accepts.</summary>
    public string Trace { get; init; }

    /// <summary>The MCP server behind the conversation, by the operator's name for it; empty when there is none.</summary>
    public string Server { get; init; }

    /// <summary>The tool that is called, or that answers: a name its server listed, <c>other</c> for any other spelling; empty for everything else.</summary>
    public string Tool { get; init; }

    /// <summary>The model that a request asks for; empty when it names none of a known family.</summary>
    public string Model { get; init; }

    /// <summary>Of a <see cref="EvidenceKind.Manifest"/>: by server, a hash of what is pinned of its tools. Null when nothing is.</summary>
    public IReadOnlyDictionary<string, string>? Pinned { get; init; }

    /// <summary>Of a <see cref="EvidenceKind.Manifest"/>: the counts as canonical JSON; <see cref="ChainWriter"/> sets it.</summary>
    internal ReadOnlySpan<byte> Summary { get; init; }

    /// <summary>A sentence for <see cref="EvidenceKind.Event"/>, how it ended for <see cref="EvidenceKind.Close"/> and <see cref="EvidenceKind.Manifest"/>; empty otherwise. Never contains content.</summary>
    public string Note { get; init; }
}
