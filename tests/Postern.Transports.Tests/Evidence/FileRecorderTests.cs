using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Engine.Policy;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

public sealed class FileRecorderTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_kept_record_is_in_the_file_before_the_append_returns()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open();
        var append = Drafts.Allow(recorder, 42);
        Assert.True(append.IsCompletedSuccessfully);
        var id = await append;
        Assert.Contains($"\"seq\":{id.Sequence},", Assert.Single(folder.Lines(), line => line.Contains("\"exchange\":\"42\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal($"{id.Chain:x8}", System.IO.Path.GetFileName(folder.Files()[0]).Split('-')[1]);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Directory_and_files_are_the_owners_alone()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Evidence));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Files()[0]));
    }

    [Fact]
    public async Task An_uncontended_append_completes_at_once_and_allocates_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open();
        for (var i = 0; i < 200; i++)
        {
            await Drafts.Allow(recorder);
        }

        Assert.Equal(0, Allocated(recorder, 500));

        static long Allocated(FileRecorder recorder, int appends)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < appends; i++)
            {
                var append = Drafts.Allow(recorder);
                if (!append.IsCompletedSuccessfully)
                {
                    return -1;
                }
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task A_refusal_returns_only_after_its_bytes_were_flushed()
    {
        var disk = new MemoryDisk();
        await using var recorder = disk.Start();
        await Drafts.Allow(recorder, 1001);
        Assert.DoesNotContain("\"1001\"", disk.FlushedText(), StringComparison.Ordinal);
        await Drafts.Deny(recorder, 1002);
        Assert.Contains("\"1001\"", disk.FlushedText(), StringComparison.Ordinal);
        Assert.Contains("\"1002\"", disk.FlushedText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_come_while_the_leader_writes_share_one_write()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var disk = new MemoryDisk();
        await using var recorder = disk.Start();
        var before = disk.Writes;
        disk.OnWrite = () =>
        {
            entered.Set();
            Assert.True(release.Wait(s_patience));
        };
        var leader = Task.Run(() => Drafts.Allow(recorder).AsTask(), TestContext.Current.CancellationToken);
        Assert.True(entered.Wait(s_patience));
        var followers = Enumerable.Range(0, 10).Select(i => Drafts.Allow(recorder, (ulong)i).AsTask()).ToList();
        Assert.DoesNotContain(followers, follower => follower.IsCompleted);

        release.Set();
        await Task.WhenAll(followers.Append(leader));
        Assert.Equal(2, disk.Writes - before);
        Assert.Equal(11, followers.Append(leader).Select(task => task.Result).Distinct().Count());
    }

    [Fact]
    public async Task Refusals_that_come_during_a_flush_share_the_next_one_and_clean_records_do_not_wait()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var disk = new MemoryDisk();
        await using var recorder = disk.Start();
        var before = disk.Flushes;
        disk.OnFlush = () =>
        {
            entered.Set();
            Assert.True(release.Wait(s_patience));
        };
        var first = Task.Run(() => Drafts.Deny(recorder).AsTask(), TestContext.Current.CancellationToken);
        Assert.True(entered.Wait(s_patience));
        var others = Enumerable.Range(0, 10).Select(i => Drafts.Deny(recorder, (ulong)i).AsTask()).ToList();
        var clean = Drafts.Allow(recorder);
        Assert.True(clean.IsCompletedSuccessfully);
        Assert.DoesNotContain(others, other => other.IsCompleted);

        release.Set();
        await Task.WhenAll(others.Append(first));
        Assert.Equal(2, disk.Flushes - before);
    }

    [Theory]
    [InlineData(16, 1000, 64L << 20)]
    [InlineData(8, 500, 40_000)]
    public async Task Many_appenders_make_one_chain_with_distinct_ids(int appenders, int each, long maxFileBytes)
    {
        using var folder = new TemporaryFolder();
        var ids = new EvidenceId[appenders][];
        await using (var recorder = folder.Open(options: new RecorderOptions(MaxFileBytes: maxFileBytes, CheckpointRecords: 100)))
        {
            await Task.WhenAll(Enumerable.Range(0, appenders).Select(appender => Task.Run(
                async () =>
                {
                    ids[appender] = new EvidenceId[each];
                    for (var i = 0; i < each; i++)
                    {
                        var effect = i % 250 == 249 ? Effect.Deny : Effect.Allow;
                        ids[appender][i] = await recorder.AppendAsync(Drafts.Of(effect, (ulong)((appender * each) + i)), CancellationToken.None);
                    }
                },
                TestContext.Current.CancellationToken)));
        }

        var report = folder.Verify();
        Assert.Null(report.Failure);
        Assert.Equal(appenders * each, ids.SelectMany(id => id).Distinct().Count());
        Assert.Equal(appenders * (each / 250), report.Denials);
        Assert.Equal(0, report.Unsigned);
        Assert.Equal(appenders * each, report.Records - report.Checkpoints - 1);
        Assert.Equal(maxFileBytes < 1 << 20, report.Files > 5);
        var lines = folder.Lines();
        for (var appender = 0; appender < appenders; appender++)
        {
            Assert.Contains($"\"exchange\":\"{appender * each}\"", lines[(int)ids[appender][0].Sequence], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(2000, 1_000_000)]
    [InlineData(64L << 20, 5)]
    public async Task Full_files_are_followed_by_files_that_verify_alone_and_together(long maxBytes, long maxRecords)
    {
        using var folder = new TemporaryFolder();
        await using (var recorder = folder.Open(options: new RecorderOptions(MaxFileBytes: maxBytes, MaxFileRecords: maxRecords)))
        {
            for (var i = 0; i < 40; i++)
            {
                await Drafts.Allow(recorder);
            }
        }

        Assert.Null(folder.Verify().Failure);
        Assert.True(folder.Files().Length > 5);
        foreach (var path in folder.Files())
        {
            var alone = new EvidenceFile(System.IO.Path.GetFileName(path), () => File.OpenRead(path));
            var report = EvidenceVerifier.Verify([alone], new VerificationDemand(), new ManagedEd25519());
            Assert.Null(report.Failure);
            Assert.True(EvidenceFileName.TryParse(alone.Name, out var name));
            Assert.Contains($"\"seq\":{name.FirstSequence},", File.ReadLines(path).First(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_timer_signs_and_flushes_only_while_there_is_something_new_and_stops_on_dispose()
    {
        var time = new ManualTime();
        var disk = new MemoryDisk();
        var recorder = disk.Start(time: time);
        var first = recorder.LastCheckpoint;
        time.Fire();
        Assert.Same(first, recorder.LastCheckpoint);

        await Drafts.Allow(recorder, 77);
        time.Fire();
        Assert.Equal(3, recorder.LastCheckpoint!.Size);
        Assert.Contains("\"77\"", disk.FlushedText(), StringComparison.Ordinal);
        time.Fire();
        Assert.Equal(3, recorder.LastCheckpoint.Size);

        await recorder.DisposeAsync();
        Assert.Equal(0, time.LiveTimers);
        Assert.Equal(disk.Text(), disk.FlushedText());
        Assert.Contains("\"closing\":true", disk.Text().TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_is_signed_after_so_many_records()
    {
        var disk = new MemoryDisk();
        await using var recorder = disk.Start(new RecorderOptions(CheckpointRecords: 10));
        var before = recorder.LastCheckpoint!.Size;
        for (var i = 0; i < 11; i++)
        {
            await Drafts.Allow(recorder);
        }

        Assert.Equal(before + 11, recorder.LastCheckpoint.Size);
    }

    [Fact]
    public async Task A_closed_recorder_keeps_nothing_and_closes_once()
    {
        var disk = new MemoryDisk();
        var recorder = disk.Start();
        await recorder.DisposeAsync();
        var text = disk.Text();
        await Assert.ThrowsAsync<EvidenceLostException>(async () => await Drafts.Allow(recorder));
        await recorder.DisposeAsync();
        Assert.Equal(text, disk.Text());
    }

    [Fact]
    public async Task A_cancelled_append_records_nothing()
    {
        var disk = new MemoryDisk();
        await using var recorder = disk.Start();
        var text = disk.Text();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await recorder.AppendAsync(Drafts.Of(Effect.Allow), new CancellationToken(canceled: true)));
        Assert.Equal(text, disk.Text());
    }

    [Fact]
    public async Task A_directory_has_one_recorder()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open();
        var refused = Assert.Throws<EvidenceInUseException>(() => folder.Open());
        Assert.Contains(folder.Evidence, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5, 1, 1)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 5, 0, 1)]
    [InlineData(1, 5, 1, 0)]
    public void Options_out_of_range_are_refused(long bytes, long records, int checkpointRecords, int checkpointMs)
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentOutOfRangeException>(() => folder.Open(options: new RecorderOptions(bytes, records, checkpointRecords, checkpointMs)));
    }
}
