using Postern.Engine.Evidence;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

public sealed class EvidenceRetentionTests
{
    private static readonly RetentionLimits s_days = new(TimeSpan.FromDays(30), 0, IsHeld: false);

    [Fact]
    public async Task Files_that_are_too_old_go_each_with_a_record_and_the_rest_verifies()
    {
        using var folder = new TemporaryFolder();
        await using (var recorder = await FilledAsync(folder))
        {
            var files = folder.Files();
            Assert.True(files.Length >= 4);
            Age(files[..2], days: 31);

            await using var retention = new EvidenceRetention(folder.Evidence, s_days, TimeProvider.System);
            Assert.Equal(2, await retention.SweepAsync(recorder));
            Assert.Equal((2, folder.Files().Length), (retention.Deleted, retention.Held.Files));
            Assert.Equal(files[2..], folder.Files()[..(files.Length - 2)]);
            Assert.All(files[..2], file => Assert.Contains(folder.Lines(), line => line.Contains($"retention deletes {Path.GetFileName(file)}, ", StringComparison.Ordinal) && line.Contains("sha256 ", StringComparison.Ordinal)));
        }

        var report = folder.Verify();
        Assert.True(report.Sound, report.Failure?.Detail);
        Assert.Contains(report.CannotProve, static limit => limit.Contains("before its first file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_oldest_go_until_no_more_is_left_than_may_be()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = await FilledAsync(folder);
        var total = folder.Files().Sum(static file => new FileInfo(file).Length);
        var first = new FileInfo(folder.Files()[0]).Length;
        await using var retention = new EvidenceRetention(folder.Evidence, new RetentionLimits(TimeSpan.Zero, total - 1, IsHeld: false), TimeProvider.System);
        Assert.Equal(1, await retention.SweepAsync(recorder));
        Assert.InRange(retention.Held.Bytes, 1, total - first + 2000);
    }

    [Fact]
    public async Task The_file_that_is_written_stays_however_old_it_is()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = await FilledAsync(folder);
        Age(folder.Files(), days: 99);
        await using var retention = new EvidenceRetention(folder.Evidence, s_days with { Bytes = 1 }, TimeProvider.System);
        await retention.SweepAsync(recorder);
        Assert.NotEmpty(folder.Files());
        await Drafts.Deny(recorder);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hold_stops_every_deletion(bool isConfigured)
    {
        using var folder = new TemporaryFolder();
        await using var recorder = await FilledAsync(folder);
        Age(folder.Files()[..2], days: 99);
        await using var retention = new EvidenceRetention(folder.Evidence, s_days with { IsHeld = isConfigured }, TimeProvider.System);
        if (!isConfigured)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Evidence, EvidenceRetention.HoldName), "");
        }

        Assert.True(retention.IsHeld);
        Assert.Equal(0, await retention.SweepAsync(recorder));
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_deleted()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = await FilledAsync(folder);
        var files = folder.Files();
        Age(files[..2], days: 99);
        await using var retention = new EvidenceRetention(folder.Evidence, s_days, TimeProvider.System);
        await Assert.ThrowsAsync<EvidenceLostException>(() => retention.SweepAsync(new Telemetry.LateEvidence { IsLost = true }));
        Assert.Equal(files, folder.Files());
    }

    private static async Task<FileRecorder> FilledAsync(TemporaryFolder folder)
    {
        var recorder = folder.Open(options: new RecorderOptions(MaxFileRecords: 10));
        for (var i = 0; i < 35; i++)
        {
            await Drafts.Allow(recorder, (ulong)i + 1);
        }

        return recorder;
    }

    private static void Age(IEnumerable<string> files, int days)
    {
        foreach (var file in files)
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-days));
        }
    }
}
