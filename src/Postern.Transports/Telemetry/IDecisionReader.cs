using Postern.Engine.Evidence;

namespace Postern.Transports.Telemetry;

/// <summary>Reads along what is decided. What it does never delays or fails a ruling: both members return at once and do not throw.</summary>
public interface IDecisionReader
{
    /// <summary>True when it wants an entry of this draft; asked before the record is kept.</summary>
    bool Wants(in EvidenceDraft draft);

    /// <summary>Takes an entry whose record was kept or lost. Entries are shared and do not change any more.</summary>
    void Take(LogEntry entry);
}
