using Postern.Engine.Evidence;

namespace Postern.Transports.Evidence;

/// <summary>How the evidence is doing, for whoever reports it.</summary>
public interface IEvidenceHealth
{
    /// <summary>Why evidence can no longer be kept, and everything is refused; null while it can.</summary>
    string? LostBecause { get; }

    /// <summary>The checkpoint signed last; null before the first. A note of it elsewhere shows when a tail is gone.</summary>
    Checkpoint? LastCheckpoint { get; }
}
