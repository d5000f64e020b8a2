using Postern.Engine.Evidence;
using Postern.Engine.Policy;
using Postern.Transports.Evidence;
using Postern.Transports.Telemetry.Emit;
using Postern.Transports.Tests.Evidence;

namespace Postern.Transports.Tests.Telemetry.Emit;

public sealed class EmitPumpTests
{
    private static readonly HurriedTime s_time = new();

    [Fact]
    public async Task A_new_sink_is_told_of_what_comes_and_not_of_what_was()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open();
        await Drafts.Deny(recorder);
        var sink = new MoodySink();
        await using var pump = new EmitPump(sink, folder.Evidence, s_time);

        var id = await Drafts.Deny(recorder);
        await sink.Took(1);

        Assert.Equal([id.Sequence], sink.Taken);
        Assert.Equal((1, 0, 0, 0), (pump.Status.Delivered, pump.Status.Failures, pump.Status.Missed, pump.Status.PendingBytes));
    }

    [Fact]
    public async Task A_sink_that_was_down_is_told_everything_once_it_is_back_over_several_files()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open(options: new RecorderOptions(MaxFileRecords: 20));
        var isDown = true;
        var sink = new MoodySink { Mood = _ => Fail(isDown) };
        await using var pump = new EmitPump(sink, folder.Evidence, s_time);

        var kept = await KeepAsync(recorder, 100);
        Assert.True(folder.Files().Length > 3);
        await UntilAsync(() => pump.Status.Failures > 1);
        Assert.Equal("down", pump.Status.Trouble);
        Assert.True(pump.Status.PendingBytes > 10_000);

        isDown = false;
        await sink.Took(kept.Length);
        Assert.Equal(kept, sink.Taken);
        await UntilAsync(() => pump.Status.PendingBytes == 0);
        Assert.Null(pump.Status.Trouble);
    }

    [Fact]
    public async Task What_was_not_told_before_the_end_is_told_after_the_next_start_and_nothing_twice()
    {
        using var folder = new TemporaryFolder();
        var first = new MoodySink();
        long[] before, between, after;
        await using (var recorder = folder.Open())
        {
            await using (new EmitPump(first, folder.Evidence, s_time))
            {
                before = await KeepAsync(recorder, 5);
                await first.Took(before.Length);
            }

            between = await KeepAsync(recorder, 5);
        }

        var second = new MoodySink { Choice = static told => told.Record.Kind == EvidenceKind.Ruling };
        await using var again = folder.Open();
        await using var pump = new EmitPump(second, folder.Evidence, s_time);
        after = await KeepAsync(again, 5);
        await second.Took(10);

        Assert.Equal(before, first.Taken);
        Assert.Equal([.. between, .. after], second.Taken);
    }

    [Fact]
    public async Task The_end_of_the_program_tells_what_is_there()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open();
        var sink = new MoodySink();
        var pump = new EmitPump(sink, folder.Evidence, TimeProvider.System);
        var kept = await KeepAsync(recorder, 3);
        await pump.DisposeAsync();
        Assert.Equal(kept, sink.Taken);
    }

    [Fact]
    public async Task An_event_that_a_sink_chokes_on_costs_only_itself()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open();
        long bad = -1;
        var sink = new MoodySink { Mood = events => Refuse(events.Any(told => told.Record.Id.Sequence == Volatile.Read(ref bad))) };
        var kept = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            kept.Add((await Drafts.Deny(recorder)).Sequence);
        }

        // The mark stands before them all, and all come in one batch.
        new MarkFile(folder.Evidence, sink.Name).Write(TrailMark.Beginning);
        Volatile.Write(ref bad, kept[2]);
        await using var pump = new EmitPump(sink, folder.Evidence, s_time);
        await sink.Took(4);

        Assert.Equal([kept[0], kept[1], kept[3], kept[4]], sink.Taken);
        await UntilAsync(() => pump.Status.Refused == 1);
    }

    [Fact]
    public async Task What_retention_deleted_before_a_sink_was_told_is_counted_as_missed()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open(options: new RecorderOptions(MaxFileRecords: 10));
        var isDown = true;
        var sink = new MoodySink { Mood = _ => Fail(isDown) };
        var pump = new EmitPump(sink, folder.Evidence, s_time);
        await KeepAsync(recorder, 1);
        await UntilAsync(() => pump.Status.Failures > 0);
        await pump.DisposeAsync();

        await KeepAsync(recorder, 50);
        foreach (var file in folder.Files().SkipLast(1))
        {
            File.Delete(file);
        }

        isDown = false;
        await using var again = new EmitPump(sink, folder.Evidence, s_time);
        await UntilAsync(() => again.Status.Missed > 30);
    }

    [Fact]
    public async Task A_chain_under_another_key_goes_on_after_the_one_it_follows_whatever_the_clock_says()
    {
        using var folder = new TemporaryFolder();
        var sink = new MoodySink { Choice = static told => told.Record.Kind == EvidenceKind.Ruling };
        await using (var recorder = folder.Open(seed: 1))
        {
            await using var pump = new EmitPump(sink, folder.Evidence, s_time);
            await KeepAsync(recorder, 2);
            await sink.Took(2);
        }

        // All chains of this clock began at the same time: only the link says which is which.
        await using var rekeyed = folder.Open(seed: 2);
        await using var later = new EmitPump(sink, folder.Evidence, s_time);
        await KeepAsync(rekeyed, 2);
        await sink.Took(4);
    }

    [Fact]
    public async Task A_mark_that_cannot_be_read_tells_twice_rather_than_not_at_all()
    {
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open();
        var kept = await KeepAsync(recorder, 3);
        await File.WriteAllTextAsync(Path.Combine(folder.Evidence, "emit-moody.mark"), "torn");
        var sink = new MoodySink();
        await using var pump = new EmitPump(sink, folder.Evidence, s_time);
        await sink.Took(3);
        Assert.Equal(kept, sink.Taken);
    }

    [Fact]
    public void Waits_grow_to_a_minute_and_are_never_all_the_same()
    {
        var waits = Enumerable.Range(0, 100).Select(static _ => new Backoff()).Select(static backoff => Enumerable.Range(0, 8).Select(_ => backoff.Next()).ToArray()).ToArray();
        foreach (var row in waits)
        {
            Assert.All(row.Index(), static one => Assert.InRange(one.Item.TotalSeconds, Math.Min(60, 1 << one.Index) / 2.0, Math.Min(60, 1 << one.Index)));
        }

        Assert.True(waits.Select(static row => row[0]).Distinct().Count() > 50);
    }

    private static async Task<long[]> KeepAsync(FileRecorder recorder, int count)
    {
        var kept = new long[count];
        for (var i = 0; i < count; i++)
        {
            kept[i] = (await recorder.AppendAsync(Drafts.Of(i % 2 == 0 ? Effect.Deny : Effect.Allow, (ulong)i + 1), CancellationToken.None)).Sequence;
        }

        return kept;
    }

    private static void Fail(bool isDown)
    {
        if (isDown)
        {
            throw new IOException("down");
        }
    }

    private static void Refuse(bool isBad)
    {
        if (isBad)
        {
            throw new EmitRefusedException("it answered HTTP 400");
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
