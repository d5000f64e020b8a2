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
