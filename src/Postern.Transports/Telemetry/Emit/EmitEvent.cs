using Postern.Engine.Evidence;
using Postern.Engine.Policy;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>A record, and what a sink says of it. Made from the record alone, so it can hold no more than evidence does.</summary>
/// <param name="record">The record.</param>
/// <param name="run">Which run of Postern wrote it.</param>
internal sealed class EmitEvent(EvidenceRecord record, long run)
{
    /// <summary>The record.</summary>
    public EvidenceRecord Record => record;

    /// <summary>Tells runs of Postern apart, whose exchanges have the same numbers.</summary>
    public long Run => run;

    /// <summary>The event.</summary>
    public LogEntry Entry { get; } = new LogEntry(record.Draft, record.Time).KeptAs(record.Id);

    /// <summary>True for a decision or a notice of at least this urgency: of a stream's clean pieces nobody is told.</summary>
    public bool IsWorth(Urgency least) =>
        Entry.Urgency >= least && (record.Kind is EvidenceKind.Ruling or EvidenceKind.Event || Entry.Findings.Count > 0);
}
