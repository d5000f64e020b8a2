using System.Collections.Concurrent;
using Postern.Engine.Capturing;
using Postern.Transports.Capturing;
using Postern.Transports.Evidence;
using Postern.Transports.Tests.Evidence;

namespace Postern.Transports.Tests.Capturing;

public sealed class CaptureRecorderTests : IDisposable
{
    private static readonly CaptureTerms s_terms = new(1024, IsRaw: false);

    private readonly EscrowKey _key = EscrowKey.Create();
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly ConcurrentQueue<string> _notes = new();

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [NeedsFact("linux")]
    public async Task What_is_taken_stands_in_files_that_are_their_owners_alone_in_order()
    {
        var recorder = Open(maxFileBytes: 2000);
        for (byte i = 0; i < 9; i++)
        {
            recorder.Take([.. Enumerable.Repeat(i, 500)]);
        }

        await recorder.DisposeAsync();
        var files = SealedReader.FilesIn(_folder.Path);
        Assert.Equal(3, files.Count);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], files.SelectMany(ReadWhole).Select(static frame => frame.Text.Span[0]));
        Assert.Equal((9, 0, 4500), (recorder.Taken, recorder.Missed, recorder.SealedBytes));
        Assert.Empty(_notes);
        Assert.Equal(files, Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
        Assert.All(files, static file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(file)));
    }

    [NeedsFact("linux")]
    public async Task The_directory_is_its_owners_alone()
    {
        var path = Path.Combine(_folder.Path, "captures");
        await new CaptureRecorder(new CaptureOptions(path, s_terms, 100, 1000), EscrowKey.Create(), _time, _notes.Enqueue).DisposeAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(path));
    }

    [Fact]
    public async Task The_oldest_files_go_and_that_is_noted_but_none_that_is_being_written()
    {
        await using var other = Open(maxFileBytes: 100_000);
        other.Take(new byte[900]);
        await UntilAsync(() => other.Taken == 1);
        var held = Assert.Single(SealedReader.FilesIn(_folder.Path));

        _time.Now += TimeSpan.FromSeconds(1);
        var recorder = Open(maxFileBytes: 1000, maxTotalBytes: 4000);
        for (var i = 0; i < 6; i++)
        {
            recorder.Take(new byte[950]);
        }

        await recorder.DisposeAsync();
        var left = SealedReader.FilesIn(_folder.Path);
        Assert.Contains(held, left);
        Assert.Equal((0, 3), (recorder.Missed, left.Count));
        Assert.Equal(4, _notes.Count(static note => note.Contains("is deleted to make room", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_full_disk_begins_a_gap_that_is_noted_counted_and_said_in_the_next_file(int failing)
    {
        var disk = new MemoryDisk { FailWrite = failing, BytesBeforeFailure = 10 };
        var recorder = Open(disk);
        recorder.Take([1]);
        recorder.Take([2]);
        await UntilAsync(() => recorder.Missed > 0 && recorder.Taken + recorder.Missed == 2);
        Assert.True(recorder.IsInGap);
        Assert.Equal("captures: a gap began, the disk is full or does not answer", Assert.Single(_notes));
        recorder.Take([3]);
        await UntilAsync(() => recorder.Taken + recorder.Missed == 3);

        _time.Now += TimeSpan.FromMinutes(1);
        recorder.Take([4]);
        await UntilAsync(() => !recorder.IsInGap);
        var missed = recorder.Missed;
        await recorder.DisposeAsync();
        Assert.Equal(2, _notes.Count);
        Assert.Equal(4, recorder.Taken + missed);

        // The file that broke is read up to there; the next one begins with the gap.
        Assert.Equal(2, disk.Files.Count);
        Assert.Equal(failing == 3 ? [1] : [], Read(disk.Files[0].Open(), out var first).Select(static frame => frame.Text.Span[0]));
        Assert.Equal((SealedEnd.CutOff, failing < 2 ? 0 : 1), (first.End, first.Number));
        var next = Read(disk.Files[1].Open(), out var second);
        Assert.Equal([(FrameKind.Gap, missed), (FrameKind.Capture, 0L)], next.Select(static frame => (frame.Kind, frame.Count)));
        Assert.Equal((SealedEnd.Whole, 2), (second.End, second.Number));
    }

    [Fact]
    public async Task A_full_queue_misses_at_once_and_what_waits_is_kept()
    {
        using var gate = new SemaphoreSlim(0);
        var disk = new MemoryDisk { OnWrite = gate.Wait };
        var recorder = Open(disk);
        const int Count = (int)(CaptureRecorder.QueueBytes / (1024 * 1024));
        for (var i = 0; i < Count + 3; i++)
        {
            // Returns although nobody writes.
            recorder.Take(new byte[1024 * 1024]);
        }

        Assert.Equal(3, recorder.Missed);
        Assert.Equal("captures: a gap began, the queue is full", Assert.Single(_notes));
        gate.Release(1000);
        await UntilAsync(() => !recorder.IsInGap);
        await recorder.DisposeAsync();
        Assert.Equal(Count, recorder.Taken);
        Assert.Equal(3, Read(disk.Files[0].Open(), out _).Sum(static frame => frame.Count));
    }

    private CaptureRecorder Open(long maxFileBytes, long maxTotalBytes = 1_000_000) =>
        new(new CaptureOptions(_folder.Path, s_terms, maxFileBytes, maxTotalBytes), EscrowKey.ReadPublic(_key.PublicPem), _time, _notes.Enqueue);

    private CaptureRecorder Open(IRecordFolder disk) =>
        new(new CaptureOptions("", s_terms, 1_000_000_000, long.MaxValue), EscrowKey.ReadPublic(_key.PublicPem), disk, _time, _notes.Enqueue);

    private List<SealedFrame> ReadWhole(string path)
    {
        using var file = File.OpenRead(path);
        var frames = Read(file, out var reader);
        Assert.Equal(SealedEnd.Whole, reader.End);
        return frames;
    }

    private List<SealedFrame> Read(Stream file, out SealedReader reader)
    {
        reader = new SealedReader(file, _key);
        return [.. reader.Frames()];
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
