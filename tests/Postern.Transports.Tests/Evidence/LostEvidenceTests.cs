using System.Collections.Concurrent;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

public sealed class LostEvidenceTests
{
    public static TheoryData<int, int> Failures()
    {
        var data = new TheoryData<int, int>();
        for (var write = 1; write <= 20; write++)
        {
            data.Add(write, 0);
            data.Add(write, 37);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task When_the_Nth_write_fails_that_append_and_all_later_ones_throw(int write, int bytesBefore)
    {
        var disk = new MemoryDisk { FailWrite = write, BytesBeforeFailure = bytesBefore };
        var kept = new List<EvidenceId>();
        if (write == 1)
        {
            Assert.Throws<EvidenceLostException>(() => disk.Start());
            return;
        }

        var recorder = disk.Start();
        for (var i = 2; i < write; i++)
        {
            kept.Add(await Drafts.Allow(recorder, (ulong)i));
        }

        Assert.Null(recorder.LostBecause);
        for (var i = 0; i < 3; i++)
        {
            var lost = await Assert.ThrowsAsync<EvidenceLostException>(async () => await Drafts.Allow(recorder));
            Assert.DoesNotContain("agent-1", lost.ToString(), StringComparison.Ordinal);
        }

        Assert.NotNull(recorder.LostBecause);
        Assert.Equal(write, disk.Writes);
        AssertKept(disk, kept, write - 2);
        await recorder.DisposeAsync();
        Assert.Equal(write, disk.Writes);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task When_the_Nth_write_fails_under_load_nobody_waits_for_ever_and_nothing_acknowledged_is_missing(int write, int bytesBefore)
    {
        var disk = new MemoryDisk { FailWrite = write + 1, BytesBeforeFailure = bytesBefore };
        var recorder = disk.Start();
        var kept = new ConcurrentBag<EvidenceId>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(appender => Task.Run(
            async () =>
            {
                await Assert.ThrowsAsync<EvidenceLostException>(async () =>
                {
                    while (true)
                    {
                        kept.Add(appender % 4 == 0 ? await Drafts.Deny(recorder) : await Drafts.Allow(recorder));
                    }
                });
            },
            TestContext.Current.CancellationToken))).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        AssertKept(disk, kept, kept.Count);
        await recorder.DisposeAsync();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task When_a_flush_fails_the_refusal_throws_and_so_does_everything_after_it(int flush)
    {
        var disk = new MemoryDisk { FailFlush = flush };
        var recorder = disk.Start();
        for (var i = 2; i < flush; i++)
        {
            await Drafts.Deny(recorder);
        }

        await Assert.ThrowsAsync<EvidenceLostException>(async () => await Drafts.Deny(recorder));
        await Assert.ThrowsAsync<EvidenceLostException>(async () => await Drafts.Allow(recorder));
        await recorder.DisposeAsync();

        // A flush that failed is never tried again: the second answer would not be worth anything.
        Assert.Equal(flush, disk.Flushes);
    }

    [Fact]
    public void When_the_first_flush_fails_the_recorder_does_not_start() =>
        Assert.Throws<EvidenceLostException>(() => new MemoryDisk { FailFlush = 1 }.Start());

    [Fact]
    public async Task Refusals_that_wait_for_the_flush_of_another_fail_with_it()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var disk = new MemoryDisk { FailFlush = 3 };
        var recorder = disk.Start();
        disk.OnFlush = () =>
        {
            entered.Set();
            Assert.True(release.Wait(TimeSpan.FromSeconds(30)));
        };
        var first = Task.Run(() => Drafts.Deny(recorder).AsTask(), TestContext.Current.CancellationToken);
        Assert.True(entered.Wait(TimeSpan.FromSeconds(30)));
        var others = Enumerable.Range(0, 4).Select(_ => Drafts.Deny(recorder).AsTask()).ToList();
        release.Set();
        await first;
        foreach (var other in others)
        {
            await Assert.ThrowsAsync<EvidenceLostException>(() => other);
        }

        await Assert.ThrowsAsync<EvidenceLostException>(async () => await Drafts.Allow(recorder));
        await recorder.DisposeAsync();
    }

    [Fact]
    public async Task When_the_next_file_cannot_be_made_evidence_is_lost()
    {
        var disk = new MemoryDisk { FailCreate = 2 };
        var recorder = disk.Start(new RecorderOptions(MaxFileRecords: 4));
        await Drafts.Allow(recorder);
        await Drafts.Allow(recorder);
        await Assert.ThrowsAsync<EvidenceLostException>(async () => await Drafts.Allow(recorder));
        Assert.NotNull(recorder.LostBecause);
        await recorder.DisposeAsync();
    }

    [Fact]
    public async Task A_failure_in_the_timer_is_told_to_the_next_append()
    {
        var time = new ManualTime();
        var disk = new MemoryDisk { FailWrite = 3 };
        var recorder = disk.Start(time: time);
        await Drafts.Allow(recorder);
        time.Fire();
        await Assert.ThrowsAsync<EvidenceLostException>(async () => await Drafts.Allow(recorder));
        time.Fire();
        Assert.Equal(3, disk.Writes);
        await recorder.DisposeAsync();
    }

    [Fact]
    public async Task A_closing_checkpoint_that_cannot_be_kept_is_an_error()
    {
        var disk = new MemoryDisk { FailWrite = 3 };
        var recorder = disk.Start();
        await Drafts.Allow(recorder);
        await Assert.ThrowsAsync<EvidenceLostException>(async () => await recorder.DisposeAsync());
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_signed_is_lost_evidence()
    {
        var disk = new MemoryDisk();
        var recorder = disk.Start(new RecorderOptions(CheckpointRecords: 2));
        disk.Signer.Dispose();
        await Drafts.Allow(recorder);
        await Drafts.Allow(recorder);
        await Assert.ThrowsAsync<EvidenceLostException>(async () => await Drafts.Allow(recorder));
        await Assert.ThrowsAsync<EvidenceLostException>(async () => await Drafts.Allow(recorder));
        await recorder.DisposeAsync();
    }

    [Fact]
    public void A_full_disk_is_lost_evidence()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        var signer = TemporaryFolder.Signer();
        var header = new ChainHeader(1, DateTimeOffset.UnixEpoch, Convert.ToHexStringLower(signer.PublicKey), "0.1.0");
        using var folder = new FullFolder();
        var lost = Assert.Throws<EvidenceLostException>(() => FileRecorder.Start(
            RecorderStart.NewChain(folder, header, signer), folder, new RecorderOptions(), new ManualTime()));
        Assert.IsType<IOException>(lost.InnerException);
    }

    [Fact]
    public async Task A_disk_that_fills_up_later_is_lost_evidence()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        using var folder = new FullFolder { FromFile = 2 };
        var signer = TemporaryFolder.Signer();
        var header = new ChainHeader(1, DateTimeOffset.UnixEpoch, Convert.ToHexStringLower(signer.PublicKey), "0.1.0");
        var recorder = FileRecorder.Start(
            RecorderStart.NewChain(folder, header, signer), folder, new RecorderOptions(MaxFileRecords: 4), new ManualTime());
        await Drafts.Allow(recorder);
        await Drafts.Allow(recorder);
        await Assert.ThrowsAsync<EvidenceLostException>(async () => await Drafts.Allow(recorder));
        await recorder.DisposeAsync();
    }

    // Everything acknowledged is there, and what is there verifies up to its last complete line.
    private static void AssertKept(MemoryDisk disk, IReadOnlyCollection<EvidenceId> kept, int expected)
    {
        Assert.Equal(expected, kept.Distinct().Count());
        var text = disk.Text();
        var complete = text[..(text.LastIndexOf('\n') + 1)];
        foreach (var id in kept)
        {
            Assert.Contains($"\"seq\":{id.Sequence},", complete, StringComparison.Ordinal);
        }

        var file = new EvidenceFile("evidence-1a2b3c4d-0.jsonl", () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(complete)));
        Assert.Null(EvidenceVerifier.Verify([file], new VerificationDemand(), new ManagedEd25519()).Failure);
    }

    /// <summary>From a certain file on, every file is the device that is always full.</summary>
    private sealed class FullFolder : IRecordFolder
    {
        private readonly TemporaryFolder _room = new();
        private int _files;

        public int FromFile { get; init; } = 1;

        public IRecordFile Create(string name)
        {
            var path = ++_files >= FromFile ? "/dev/full" : System.IO.Path.Combine(_room.Path, name);
            return new RecordFile(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write), 0);
        }

        public void Dispose()
        {
            if (Directory.Exists(_room.Path))
            {
                _room.Dispose();
            }
        }
    }
}
