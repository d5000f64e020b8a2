using Postern.Engine.Configuration.Sections;
using Postern.Engine.Inspection;
using Postern.Transports.Control.Approvals;
using Postern.Transports.Tests.Http.Tls;

namespace Postern.Transports.Tests.Control.Approvals;

public sealed class ApprovalDeskTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly List<string> _recorded = [];

    [Theory]
    [InlineData(true, "approved by ann", ApprovalAnswer.Approved)]
    [InlineData(false, "denied by ann", ApprovalAnswer.Denied)]
    public async Task An_answer_is_handed_on_and_recorded(bool isYes, string words, ApprovalAnswer answer)
    {
        var desk = Desk();
        var asked = AskAsync(desk);
        var pending = Assert.Single(desk.Pending);
        Assert.Equal(answer, desk.Decide(pending.Id, "ann", isYes));
        Assert.Equal(isYes ? new Approval(true, "ann") : Approval.None, await asked);
        Assert.Equal(ApprovalAnswer.Unknown, desk.Decide(pending.Id, "ann", isYes: true));
        Assert.Equal(["approval 1 asked for agent: tool.test", "approval 1 " + words], _recorded);
        Assert.Empty(desk.Pending);
    }

    [Fact]
    public async Task No_answer_in_time_is_a_no()
    {
        var desk = Desk();
        var armed = _clock.Armed(s_timeout);
        var asked = AskAsync(desk);
        await armed;
        _clock.Advance(s_timeout);
        Assert.Equal(Approval.None, await asked);
        Assert.Equal(ApprovalAnswer.Unknown, desk.Decide(1, "ann", isYes: true));
        Assert.Contains("approval 1 expired", _recorded);
    }

    [Fact]
    public async Task Where_nobody_can_answer_nobody_waits()
    {
        var desk = new ApprovalDesk(new ApprovalsSection(), _clock);
        Assert.Equal(Approval.None, await AskAsync(desk));
        Assert.Empty(_recorded);
    }

    [Fact]
    public async Task Who_does_not_wait_any_more_takes_the_question_back()
    {
        var desk = Desk();
        using var gone = new CancellationTokenSource();
        var asked = desk.ApproveAsync(Questions.Request(), gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Empty(desk.Pending);
        Assert.Contains("withdrawn", _recorded[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Four_eyes_are_two_people_and_one_no_is_enough()
    {
        var desk = Desk(new ApprovalsSection { TimeoutSeconds = 60, FourEyes = true });
        var first = AskAsync(desk);
        Assert.Equal(ApprovalAnswer.NeedsAnother, desk.Decide(1, "ann", isYes: true, new GrantWish(TimeSpan.FromMinutes(30), IsAlike: true)));
        Assert.Equal(ApprovalAnswer.Repeated, desk.Decide(1, "ann", isYes: true));
        Assert.False(first.IsCompleted);
        Assert.Equal(ApprovalAnswer.Approved, desk.Decide(1, "bob", isYes: true, new GrantWish(TimeSpan.FromMinutes(10), IsAlike: false)));
        Assert.Equal(new Approval(true, "ann and bob"), await first);

        // The grant is what both wanted.
        var grant = Assert.Single(desk.Grants);
        Assert.False(grant.IsAlike);
        Assert.Equal(_clock.GetUtcNow().AddMinutes(10), grant.Until);

        var second = AskAsync(desk, exact: "another");
        Assert.Equal(ApprovalAnswer.NeedsAnother, desk.Decide(2, "ann", isYes: true));
        Assert.Equal(ApprovalAnswer.Denied, desk.Decide(2, "bob", isYes: false));
        Assert.Equal(Approval.None, await second);
    }

    [Theory]
    [InlineData(0, false, false, false)]
    [InlineData(10, false, true, false)]
    [InlineData(10, true, true, true)]
    public async Task A_grant_covers_what_was_wished_and_no_more(int minutes, bool isAlike, bool coversSame, bool coversAlike)
    {
        var desk = Desk();
        await ApproveAsync(desk, new GrantWish(TimeSpan.FromMinutes(minutes), isAlike));
        Assert.Equal(coversSame, await IsCoveredAsync(desk, "exact", "alike"));
        Assert.Equal(coversAlike, await IsCoveredAsync(desk, "another", "alike"));
        Assert.False(await IsCoveredAsync(desk, "another", "other"));
    }

    [Fact]
    public async Task A_grant_ends_with_its_time_which_is_bounded_and_when_it_is_revoked()
    {
        var desk = Desk();
        await ApproveAsync(desk, new GrantWish(TimeSpan.FromDays(300), IsAlike: true));
        Assert.Equal(_clock.GetUtcNow().AddMinutes(60), Assert.Single(desk.Grants).Until);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("grant 1 of ann", (await AskAsync(desk)).By);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(desk.Grants);

        await ApproveAsync(desk, new GrantWish(TimeSpan.FromMinutes(10), IsAlike: true));
        var id = Assert.Single(desk.Grants).Id;
        Assert.True(desk.Revoke(id, "bob"));
        Assert.False(desk.Revoke(id, "bob"));
        Assert.False(await IsCoveredAsync(desk, "exact", "alike"));
        Assert.Contains($"grant {id} revoked by bob", _recorded);
    }

    [Fact]
    public async Task More_than_can_wait_is_a_no()
    {
        var desk = Desk();
        var waiting = Enumerable.Range(0, 64).Select(i => AskAsync(desk, exact: $"{i}")).ToArray();
        Assert.Equal(Approval.None, await AskAsync(desk, exact: "one more"));
        foreach (var pending in desk.Pending)
        {
            desk.Decide(pending.Id, "ann", isYes: false);
        }

        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Every_door_hears_the_question_and_the_first_answer_counts()
    {
        var doors = new[] { new Door("one"), new Door("two") };
        var desk = Desk(doors: doors);
        var asked = AskAsync(desk);
        Assert.All(doors, static door => Assert.NotNull(door.Answer));
        doors[1].Answer!(true);
        Assert.Equal(new Approval(true, "two"), await asked);
        Assert.All(doors, static door => Assert.True(door.IsOver));
        doors[0].Answer!(false);
        Assert.DoesNotContain("approval 1 denied by one", _recorded);
    }

    private ApprovalDesk Desk(ApprovalsSection? section = null, params IApprovalDoor[] doors)
    {
        var desk = new ApprovalDesk(section ?? new ApprovalsSection { TimeoutSeconds = 60 }, _clock) { IsListening = true, Doors = doors };
        desk.Recorded += _recorded.Add;
        return desk;
    }

    private static Task<Approval> AskAsync(ApprovalDesk desk, string exact = "exact") =>
        desk.ApproveAsync(Questions.Request(exact), TestContext.Current.CancellationToken).AsTask();

    private static async Task ApproveAsync(ApprovalDesk desk, GrantWish wish)
    {
        var asked = AskAsync(desk);
        desk.Decide(desk.Pending[^1].Id, "ann", isYes: true, wish);
        Assert.True((await asked).IsGiven);
    }

    /// <summary>What is not covered waits, and is denied here.</summary>
    private static async Task<bool> IsCoveredAsync(ApprovalDesk desk, string exact, string alike)
    {
        var asked = desk.ApproveAsync(Questions.Request(exact, alike), TestContext.Current.CancellationToken).AsTask();
        foreach (var pending in desk.Pending)
        {
            desk.Decide(pending.Id, "ann", isYes: false);
        }

        return (await asked).IsGiven;
    }

    private sealed class Door(string name) : IApprovalDoor
    {
        public string Name => name;

        public Action<bool>? Answer { get; private set; }

        public bool IsOver { get; private set; }

        public async Task KnockAsync(PendingApproval pending, Action<bool> answer, CancellationToken over)
        {
            Answer = answer;
            var ended = new TaskCompletionSource();
            await using var registration = over.Register(ended.SetResult);
            await ended.Task;
            IsOver = true;
        }
    }
}
