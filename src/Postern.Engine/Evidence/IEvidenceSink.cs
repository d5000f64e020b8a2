namespace Postern.Engine.Evidence;

/// <summary>Keeps evidence. When it cannot, nothing passes.</summary>
public interface IEvidenceSink
{
    /// <summary>
    /// Appends one record. The draft is encoded before this returns; the task completes when the record is kept
    /// (its group's write returned; for a refusal, its group's fsync too).
    /// </summary>
    /// <exception cref="EvidenceLostException">The record could not be kept; every later append throws as well.</exception>
    ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel);
}
