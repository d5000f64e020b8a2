using System.Collections.Concurrent;
using Postern.Engine.Policy;
using Postern.Program.Scanning.Reports;

namespace Postern.Program.Scanning.Files;

/// <summary>Scans files side by side; what was found stands in the order of the files.</summary>
internal sealed class FileScan(PolicySnapshot policy, BatchKinds kinds)
{
    /// <summary>The longest file, in bytes.</summary>
    public const int MaxFileBytes = 256 * 1024 * 1024;

    private readonly ConcurrentBag<TextScanner> _scanners = [];

    /// <summary>Scans the files.</summary>
    public async Task<ScanReport> RunAsync(IReadOnlyList<string> files, CancellationToken cancel)
    {
        var report = new ScanReport();
        var found = new List<FileFinding>?[files.Count];
        await Parallel.ForAsync(0, files.Count, cancel, async (i, token) =>
        {
            try
            {
                found[i] = await ScanFileAsync(files[i], report, token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                report.Fault($"{PathText.Shown(files[i])}: cannot be read: {e.Message}");
            }
        }).ConfigureAwait(false);
        report.Findings.AddRange(found.SelectMany(static list => list ?? []));
        return report;
    }

    /// <summary>Scans texts that are already in memory.</summary>
    public async Task<ScanReport> RunAsync(IEnumerable<SourceText> texts, CancellationToken cancel)
    {
        var report = new ScanReport();
        var scanner = new TextScanner(policy, kinds);
        foreach (var text in texts)
        {
            if (FileText.IsBinary(text.Bytes.Span))
            {
                report.CountBinary();
                continue;
            }

            report.CountText(text.Bytes.Length);
            await scanner.ScanAsync(text, report.Findings, cancel).ConfigureAwait(false);
        }

        return report;
    }

    private async ValueTask<List<FileFinding>?> ScanFileAsync(string path, ScanReport report, CancellationToken cancel)
    {
        using var handle = File.OpenHandle(path);
        var length = RandomAccess.GetLength(handle);
        if (length > MaxFileBytes)
        {
            report.Fault($"{PathText.Shown(path)}: longer than {MaxFileBytes} bytes, not scanned");
            return null;
        }

        var bytes = System.Buffers.ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            var read = FileText.Read(handle, bytes.AsSpan(0, (int)length));
            var text = FileText.Readable(bytes.AsMemory(0, read));
            if (FileText.IsBinary(text.Span))
            {
                report.CountBinary();
                return null;
            }

            report.CountText(read);
            var scanner = _scanners.TryTake(out var free) ? free : new TextScanner(policy, kinds);
            var found = new List<FileFinding>();
            await scanner.ScanAsync(new SourceText(PathText.Shown(path), text), found, cancel).ConfigureAwait(false);
            _scanners.Add(scanner);
            return found;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(bytes, clearArray: false);
        }
    }
}
