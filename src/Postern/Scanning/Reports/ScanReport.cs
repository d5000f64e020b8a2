using System.Collections.Concurrent;
using Postern.Program.Scanning.Files;

namespace Postern.Program.Scanning.Reports;

/// <summary>What a scan of files or of a change has to say. Counting is thread-safe.</summary>
internal sealed class ScanReport
{
    private readonly ConcurrentBag<string> _faults = [];
    private long _bytes;
    private int _texts;
    private int _binaries;

    /// <summary>Everything that was found, in the order of the files.</summary>
    public List<FileFinding> Findings { get; } = [];

    /// <summary>What could not be scanned, a sentence each.</summary>
    public IEnumerable<string> Faults => _faults.Order(StringComparer.Ordinal);

    /// <summary>Bytes that were scanned.</summary>
    public long Bytes => _bytes;

    /// <summary>Texts that were scanned.</summary>
    public int Texts => _texts;

    /// <summary>Binary files, which were not.</summary>
    public int Binaries => _binaries;

    /// <summary>How many findings would be refused.</summary>
    public int Objections => Findings.Count(static finding => finding.IsObjection);

    /// <summary>How many findings somebody accepted.</summary>
    public int Accepted => Findings.Count(static finding => finding.AcceptedBy is not null);

    /// <summary>Findings would be refused: 1. Something was not scanned: 2, whatever else was found.</summary>
    public int ExitCode => !_faults.IsEmpty ? ExitCodes.Usage : Objections > 0 ? ExitCodes.Finding : ExitCodes.Ok;

    public void CountText(int bytes)
    {
        Interlocked.Increment(ref _texts);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void CountBinary() => Interlocked.Increment(ref _binaries);

    public void Fault(string sentence) => _faults.Add(sentence);
}
