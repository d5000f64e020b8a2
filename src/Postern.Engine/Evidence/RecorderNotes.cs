using System.Globalization;
using Postern.Engine.Policy;

namespace Postern.Engine.Evidence;

/// <summary>What a recorder says about itself, in words that the verifier knows.</summary>
public static class RecorderNotes
{
    /// <summary>The note of a recorder that goes on with a chain.</summary>
    /// <param name="lastSequence">The last record that was there.</param>
    /// <param name="droppedBytes">Bytes of an unfinished record that were cut off; 0 when there were none.</param>
    public static string Resumed(long lastSequence, long droppedBytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{EvidenceFormat.ResumedNote} after record {lastSequence}; {Dropped(droppedBytes)}");

    /// <summary>How many bytes of an unfinished record were cut off.</summary>
    public static string Dropped(long droppedBytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{droppedBytes} bytes of an unfinished record were dropped");

    /// <summary>The record that sums up what an actor did since the last one of theirs; <see cref="ChainWriter"/> adds the counts.</summary>
    /// <param name="actor">Whose session ended.</param>
    /// <param name="pinned">By server, a hash of what is pinned of its tools; null when nothing is.</param>
    /// <param name="how">How it ended, for people.</param>
    public static EvidenceDraft SessionEnd(string actor, IReadOnlyDictionary<string, string>? pinned, string how) => new()
    {
        Kind = EvidenceKind.Manifest,
        Actor = actor,
        Transport = EvidenceFormat.RecorderTransport,
        Effect = Effect.Allow,
        PolicyHash = "",
        Note = how,
        Pinned = pinned,
    };

    /// <summary>The record that carries a note.</summary>
    public static EvidenceDraft Draft(string note) => new()
    {
        Kind = EvidenceKind.Event,
        Actor = EvidenceFormat.RecorderActor,
        Transport = EvidenceFormat.RecorderTransport,
        Effect = Effect.Allow,
        PolicyHash = "",
        Note = note,
    };
}
