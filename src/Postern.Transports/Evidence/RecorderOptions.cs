namespace Postern.Transports.Evidence;

/// <summary>How a recorder cuts and signs.</summary>
/// <param name="MaxFileBytes">A file that has reached this many bytes is followed by a new one; at least 1, default 64 MiB.</param>
/// <param name="MaxFileRecords">The same by number of records; at least 2, default one million.</param>
/// <param name="CheckpointRecords">A checkpoint is signed after this many records; at least 1, default 4096 (one signature of about 25 µs).</param>
/// <param name="CheckpointMs">A checkpoint is signed and flushed to disk this often while there is something new; at least 1 ms, default one second.</param>
public sealed record RecorderOptions(
    long MaxFileBytes = 64L << 20,
    long MaxFileRecords = 1_000_000,
    int CheckpointRecords = 4096,
    int CheckpointMs = 1000)
{
    /// <summary>Throws when a number is out of its range.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileRecords, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointRecords, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointMs, 1);
    }
}
