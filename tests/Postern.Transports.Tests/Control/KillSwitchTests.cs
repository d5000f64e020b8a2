using Postern.Transports.Control;
using Postern.Transports.Tests.Evidence;

namespace Postern.Transports.Tests.Control;

public sealed class KillSwitchTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new();

    private string Halt => Path.Combine(_folder.Path, "halt");

    private string Sentinel => Path.Combine(_folder.Path, "sentinel");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(HaltSource.Config)]
    [InlineData(HaltSource.Api)]
    [InlineData(HaltSource.Signal)]
    [InlineData(HaltSource.Sentinel)]
    [InlineData(HaltSource.Shared)]
    [InlineData(HaltSource.Unreachable)]
    public async Task Each_source_holds_it_by_itself(HaltSource source)
    {
        using var at = new KillSwitch(TimeProvider.System, Halt);
        at.Configure(enabled: false, Sentinel);
        Assert.False(at.IsHalted);
        var running = at.Halted("agent");

        Turn(at, source, isOn: true);
        await UntilAsync(at, isHalted: true);

        Assert.True(running.IsCancellationRequested);
        Assert.True(at.Halted("agent").IsCancellationRequested);
        Assert.True(at.Stops("anybody"));
        Assert.Equal([source], Enum.GetValues<HaltSource>().Where(at.IsHeldBy));

        // The others, on and off again, do not release it.
        foreach (var other in Enum.GetValues<HaltSource>().Where(other => other != source && other != HaltSource.Sentinel && source != HaltSource.Sentinel))
        {
            Turn(at, other, isOn: true);
            Turn(at, other, isOn: false);
            Assert.True(at.IsHalted);
        }

        Turn(at, source, isOn: false);
        await UntilAsync(at, isHalted: false);
        Assert.False(at.Halted("agent").IsCancellationRequested);
    }

    [Fact]
    public void Cutting_off_ends_what_runs_of_one_and_stops_nothing_new()
    {
        using var at = new KillSwitch(TimeProvider.System, Halt);
        var (mine, others) = (at.Halted("one"), at.Halted("two"));

        at.CutOff("one");

        Assert.True(mine.IsCancellationRequested);
        Assert.False(others.IsCancellationRequested || at.Stops("one") || at.Halted("one").IsCancellationRequested);
    }

    [Fact]
    public void Sessions_beyond_the_bound_share_one_fate_and_none_escapes()
    {
        using var at = new KillSwitch(TimeProvider.System, Halt);
        var first = at.Halted("session 0");
        for (var i = 1; i < 10_000; i++)
        {
            at.Halted("session " + i);
        }

        var (late, later) = (at.Halted("late"), at.Halted("later"));
        at.Stop("late", isStopped: true, "ann");

        Assert.True(late.IsCancellationRequested && later.IsCancellationRequested);
        Assert.False(first.IsCancellationRequested || at.Stops("later"));
        Assert.False(at.Halted("later").IsCancellationRequested);
    }

    [Fact]
    public async Task The_operators_word_outlasts_the_run_and_reaches_every_other()
    {
        using var one = new KillSwitch(TimeProvider.System, Halt);
        using var two = new KillSwitch(TimeProvider.System, Halt);
        one.Set(isOn: true, "ann");
        await UntilAsync(two, isHalted: true);
        using (var later = new KillSwitch(TimeProvider.System, Halt))
        {
            Assert.True(later.IsHalted);
        }

        two.Set(isOn: false, "bob");
        Assert.False(File.Exists(Halt));
        await UntilAsync(one, isHalted: false);
    }

    [Fact]
    public void A_file_that_cannot_be_looked_at_is_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "not run: needs symbolic links");
        var loop = Path.Combine(_folder.Path, "loop");
        File.CreateSymbolicLink(loop, loop);
        Assert.True(new PresenceFile(Path.Combine(loop, "halt")).IsPresent());
        Assert.False(new PresenceFile(Path.Combine(_folder.Path, "missing", "halt")).IsPresent());
        Assert.False(new PresenceFile("").IsPresent());
    }

    [Fact]
    public void An_actor_is_stopped_and_released_without_the_others()
    {
        var said = new List<string>();
        using var at = new KillSwitch(TimeProvider.System);
        at.Changed += said.Add;
        var (one, two) = (at.Halted("one"), at.Halted("two"));

        at.Stop("one", isStopped: true, "ann");
        at.Stop("one", isStopped: true, "ann");

        Assert.Equal((true, false), (one.IsCancellationRequested, two.IsCancellationRequested));
        Assert.Equal((true, false, false), (at.Stops("one"), at.Stops("two"), at.IsHalted));
        Assert.True(at.Halted("one").IsCancellationRequested);
        at.Stop("one", isStopped: false, "bob");
        Assert.False(at.Halted("one").IsCancellationRequested);
        Assert.Equal(["session one terminated by ann", "session one released by bob"], said);
    }

    [Fact]
    public void What_was_read_before_the_operator_spoke_is_not_taken_over()
    {
        using var at = new KillSwitch(TimeProvider.System, Halt) { Shared = new Telling(true) };
        var before = at.Epoch;
        at.Set(isOn: true, "ann");
        at.Stop("one", isStopped: true, "ann");
        at.Follow(before, isOn: false, []);
        Assert.True(at.IsHeldBy(HaltSource.Shared) && at.Stops("one") && !File.Exists(Halt));

        at.Follow(at.Epoch, isOn: false, ["two"]);
        Assert.Equal((false, false, true), (at.IsHalted, at.Stops("one"), at.Stops("two")));
    }

    [Fact]
    public void Where_the_others_cannot_be_told_on_holds_here_and_off_lets_go_nothing_of_theirs()
    {
        using var at = new KillSwitch(TimeProvider.System, Halt) { Shared = new Telling(false) };
        at.Set(isOn: true, "ann");
        at.Stop("one", isStopped: true, "ann");
        at.Follow(at.Epoch, isOn: false, []);
        Assert.True(at.IsHeldBy(HaltSource.Api) && at.Stops("one"));
        at.Set(isOn: false, "ann");
        Assert.Equal((false, true), (at.IsHalted, at.Stops("one")));

        at.Follow(at.Epoch, isOn: true, ["two"]);
        at.Set(isOn: false, "ann");
        at.Stop("two", isStopped: false, "ann");
        Assert.True(at.IsHalted && at.Stops("two"));
    }

    [Fact]
    public void Every_change_is_told_once_with_who_and_why()
    {
        var said = new List<string>();
        using var at = new KillSwitch(TimeProvider.System);
        at.Changed += said.Add;
        at.Set(isOn: true, "ann");
        at.Toggle();
        at.Set(isOn: false, "ann");
        at.Toggle();
        Assert.Equal(["kill switch on by ann (api)", "kill switch off by a signal"], said);
    }

    private void Turn(KillSwitch at, HaltSource source, bool isOn)
    {
        switch (source)
        {
            case HaltSource.Config:
                at.Configure(isOn, Sentinel);
                break;
            case HaltSource.Api:
                at.Set(isOn, "ann");
                break;
            case HaltSource.Signal:
                at.Toggle();
                break;
            case HaltSource.Shared:
                at.Follow(at.Epoch, isOn, []);
                break;
            case HaltSource.Unreachable:
                at.Reach(!isOn);
                break;
            default:
                new PresenceFile(Sentinel).Set(isOn);
                break;
        }
    }

    private static async Task UntilAsync(KillSwitch at, bool isHalted)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        at.Changed += _ => changed.TrySetResult();
        if (at.IsHalted != isHalted)
        {
            await changed.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        }

        Assert.Equal(isHalted, at.IsHalted);
    }

    private sealed class Telling(bool isHeard) : ISharedHalt
    {
        public bool TrySet(string actor, bool isOn, string by) => isHeard;
    }
}
