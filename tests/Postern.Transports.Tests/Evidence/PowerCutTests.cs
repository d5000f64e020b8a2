using Postern.Engine.Evidence;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

/// <summary>What a power cut leaves of the last writes: any part of them, zeros in place of them, or a name without a file.</summary>
public sealed class PowerCutTests
{
    private const int LastRecords = 3;

    [Fact]
    public async Task Wherever_the_last_records_are_cut_the_next_run_keeps_what_is_whole_and_reports_the_rest()
    {
        using var folder = new TemporaryFolder();
        var (path, whole, starts) = await CrashAsync(folder);
        for (var length = starts[0]; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);

            await GoOnAsync(folder);

            var kept = starts.Last(start => start <= length);
            AssertGoesOn(folder, whole.AsSpan(0, kept), dropped: length - kept);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4096)]
    public async Task Zeros_in_place_of_the_last_bytes_are_dropped_and_reported(int zeros)
    {
        using var folder = new TemporaryFolder();
        var (path, whole, starts) = await CrashAsync(folder);
        File.WriteAllBytes(path, [.. whole[..(starts[^2] + 5)], .. new byte[zeros]]);

        await GoOnAsync(folder);

        AssertGoesOn(folder, whole.AsSpan(0, starts[^2]), dropped: 5 + zeros);
    }

    [Fact]
    public async Task A_hole_before_a_record_that_was_kept_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        var (path, whole, starts) = await CrashAsync(folder);
        whole.AsSpan(starts[0] + 5, 20).Clear();
        File.WriteAllBytes(path, whole);

        Assert.Throws<EvidenceUnsoundException>(() => folder.Open());
        Assert.Equal(whole, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_name_is_on_the_disk_before_anything_is_written_under_it()
    {
        using var place = new TemporaryFolder();
        var kept = new List<string>();
        using var folder = RecordFolder.Open(place.Evidence, path => kept.Add($"{path}: {string.Join(' ', Names(path))}"));
        using var file = folder.Create("evidence-00000001-0.jsonl");
        folder.Remove("evidence-00000001-0.jsonl");

        Assert.Equal(
            [$"{place.Path}: evidence", $"{place.Evidence}: evidence-00000001-0.jsonl evidence.lock", $"{place.Evidence}: evidence.lock"], kept);
    }

    [Fact]
    public async Task A_name_that_cannot_be_kept_is_evidence_that_cannot_be_kept()
    {
        using var place = new TemporaryFolder();
        var fails = false;
        var folder = RecordFolder.Open(place.Evidence, path => _ = fails ? throw new IOException(path) : path);
        using var signer = TemporaryFolder.Signer();
        var time = new ManualTime();
        await using var recorder = FileRecorder.Start(
            RecorderStart.From(folder, signer, null, time.GetUtcNow()), folder, new RecorderOptions(MaxFileRecords: 6), time);
        fails = true;

        await Assert.ThrowsAsync<EvidenceLostException>(async () =>
        {
            for (var i = 0; i < 6; i++)
            {
                await Drafts.Allow(recorder);
            }
        });
    }

    [Fact]
    public void A_directory_is_flushed_and_a_missing_one_is_an_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        using var place = new TemporaryFolder();

        FolderFlush.Run(place.Path);
        Assert.Throws<IOException>(() => FolderFlush.Run(place.Evidence));
    }

    private static IEnumerable<string> Names(string path) =>
        Directory.EnumerateFileSystemEntries(path).Select(static entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal);

    // As a killed process leaves it, without the closing checkpoint; and where the last records begin, and the file ends.
    private static async Task<(string Path, byte[] Whole, List<int> Starts)> CrashAsync(TemporaryFolder folder)
    {
        await using (var recorder = folder.Open())
        {
            for (var i = 0; i < 5; i++)
            {
                await Drafts.Allow(recorder);
            }
        }

        var path = folder.Files()[0];
        var lines = File.ReadAllLines(path)[..^1];
        var whole = System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => line + "\n")));
        File.WriteAllBytes(path, whole);
        var starts = new List<int> { whole.Length };
        for (var i = 0; i < LastRecords; i++)
        {
            starts.Insert(0, whole.AsSpan(0, starts[0] - 1).LastIndexOf((byte)'\n') + 1);
        }

        return (path, whole, starts);
    }

    private static async Task GoOnAsync(TemporaryFolder folder)
    {
        await using var recorder = folder.Open();
        await Drafts.Allow(recorder);
    }

    private static void AssertGoesOn(TemporaryFolder folder, ReadOnlySpan<byte> kept, int dropped)
    {
        var now = File.ReadAllBytes(folder.Files()[0]);
        Assert.True(now.AsSpan().StartsWith(kept));
        Assert.Null(folder.Verify().Failure);
        Assert.Contains($"; {dropped} bytes of an unfinished record were dropped", System.Text.Encoding.UTF8.GetString(now), StringComparison.Ordinal);
    }
}
