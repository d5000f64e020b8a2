using System.Globalization;
using System.Security.Cryptography;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Verification;
using Postern.Transports.Control;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Evidence;

/// <summary>
/// Deletes evidence that is older or more than is to be kept: whole files, the oldest first, never the one that is written. What is
/// left verifies, and says that its beginning is elsewhere. Each deletion is a record that was kept before the file went.
/// </summary>
/// <param name="directory">Where the evidence is.</param>
/// <param name="limits">What is kept.</param>
/// <param name="time">The clock.</param>
public sealed class EvidenceRetention(string directory, RetentionLimits limits, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The file whose presence stops every deletion.</summary>
    public const string HoldName = "HOLD";

    private static readonly TimeSpan s_period = TimeSpan.FromHours(1);

    private readonly EvidenceTrail _trail = new(directory);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _deleted;

    /// <summary>Files that were deleted.</summary>
    public long Deleted => Volatile.Read(ref _deleted);

    /// <summary>True when nothing is deleted: by configuration, or by a file named HOLD. One that cannot be looked for is there.</summary>
    public bool IsHeld => limits.IsHeld || new PresenceFile(Path.Combine(directory, HoldName)).IsPresent();

    /// <summary>What there is.</summary>
    public (int Files, long Bytes) Held
    {
        get
        {
            var files = RecordFolder.ListFiles(directory);
            return (files.Count, files.Sum(file => FileOf(file) is { Exists: true } there ? there.Length : 0));
        }
    }

    /// <summary>Looks now and every hour.</summary>
    /// <param name="evidence">Where deletions are recorded.</param>
    public void Start(IEvidenceSink evidence) => _running = limits.Age > TimeSpan.Zero || limits.Bytes > 0 ? Task.Run(() => RunAsync(evidence)) : Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>Deletes what is due, and returns how many files that were.</summary>
    /// <exception cref="EvidenceLostException">A deletion cannot be recorded; that file and what follows it stay.</exception>
    internal async Task<int> SweepAsync(IEvidenceSink evidence)
    {
        var files = _trail.Files().ConvertAll(FileOf).FindAll(static file => file.Exists);
        var left = files.Sum(static file => file.Length);

        // The last in order is the one that is written; should clocks have gone back, it is the one that was written last.
        var newest = files.MaxBy(static file => file.LastWriteTimeUtc)?.Name;
        var deleted = 0;
        foreach (var file in files.SkipLast(1).TakeWhile(file => file.Name != newest))
        {
            var isOld = limits.Age > TimeSpan.Zero && time.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > limits.Age;
            var isTooMuch = limits.Bytes > 0 && left > limits.Bytes;
            if ((!isOld && !isTooMuch) || IsHeld)
            {
                break;
            }

            left -= file.Length;
            await DeleteAsync(file, evidence).ConfigureAwait(false);
            deleted++;
        }

        return deleted;
    }

    private async Task RunAsync(IEvidenceSink evidence)
    {
        using var timer = new PeriodicTimer(s_period, time);
        try
        {
            do
            {
                await TrySweepAsync(evidence).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end of the program.
        }
    }

    private async Task TrySweepAsync(IEvidenceSink evidence)
    {
        try
        {
            await SweepAsync(evidence).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or EvidenceLostException)
        {
            // What cannot be deleted, or not recorded, stays; the next hour tries again.
        }
    }

    private async Task DeleteAsync(FileInfo file, IEvidenceSink evidence)
    {
        string hash;
        using (var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, _stop.Token).ConfigureAwait(false));
        }

        var note = string.Create(CultureInfo.InvariantCulture, $"retention deletes {file.Name}, {file.Length} bytes, last written {file.LastWriteTimeUtc:yyyy-MM-ddTHH:mm:ssZ}, sha256 {hash}");
        await evidence.AppendAsync(RecorderNotes.Draft(note), CancellationToken.None).ConfigureAwait(false);
        file.Delete();
        FolderFlush.Run(directory);
        Interlocked.Increment(ref _deleted);
    }

    private FileInfo FileOf(EvidenceFile file) => new(Path.Combine(directory, file.Name));
}
