using Postern.Engine.Flow;
using Postern.Engine.Monitoring.Adaptive;

namespace Postern.Engine.Tests.Monitoring.Adaptive;

/// <summary>What each tier shuts off, and how it opens again.</summary>
public sealed class AirlockTests
{
    private const string Airlock = "airlock: { enabled: true }";

    [Theory]
    [InlineData(AirlockTier.None, "GET", true)]
    [InlineData(AirlockTier.Soft, "POST", true)]
    [InlineData(AirlockTier.Hard, "GET", true)]
    [InlineData(AirlockTier.Hard, "HEAD", true)]
    [InlineData(AirlockTier.Hard, "POST", false)]
    [InlineData(AirlockTier.Hard, "DELETE", false)]
    [InlineData(AirlockTier.Drain, "GET", false)]
    public async Task Requests(AirlockTier tier, string method, bool passes)
    {
        var suspect = await InAsync(tier);
        Assert.Equal(passes ? null : "session.adaptive.airlock", (await suspect.CleanAsync(method))?.RuleId);
    }

    [Theory]
    [InlineData(AirlockTier.Soft, false, true)]
    [InlineData(AirlockTier.Hard, true, true)]
    [InlineData(AirlockTier.Hard, false, false)]
    [InlineData(AirlockTier.Drain, true, false)]
    public async Task Tunnels(AirlockTier tier, bool isRead, bool passes)
    {
        var suspect = await InAsync(tier);
        Assert.Equal(passes ? null : "session.adaptive.airlock", (await suspect.ConnectAsync(isRead))?.RuleId);
    }

    [Theory]
    [InlineData(AirlockTier.Soft, "write_file", """{"path":"a","content":"x"}""", true)]
    [InlineData(AirlockTier.Hard, "read_file", """{"path":"a"}""", true)]
    [InlineData(AirlockTier.Hard, "write_file", """{"path":"a","content":"x"}""", false)]
    [InlineData(AirlockTier.Hard, "bash", """{"command":"make"}""", false)]
    [InlineData(AirlockTier.Drain, "read_file", """{"path":"a"}""", false)]
    public async Task Calls_of_tools(AirlockTier tier, string tool, string arguments, bool passes)
    {
        var suspect = await InAsync(tier);
        Assert.Equal(passes ? null : "session.adaptive.airlock", (await suspect.CallAsync(tool, arguments))?.RuleId);
    }

    [Theory]
    [InlineData(AirlockTier.Hard, false)]
    [InlineData(AirlockTier.Drain, true)]
    public async Task What_comes_in_is_stopped_by_drain_alone(AirlockTier tier, bool stopped)
    {
        var suspect = new Suspect(more: Airlock);
        var exchange = suspect.World.Exchange();
        Assert.Null(await suspect.World.RuleAsync(exchange, Inspection.TestWorld.Request("https://example.com/")));
        await MoveAsync(suspect, tier);
        var facts = new MessageFacts(MessageKind.BodyWindow, Direction.Inbound) { Content = ContentKind.Text };
        Assert.Equal(stopped, await suspect.World.RuleAsync(exchange, Inspection.TestWorld.Body("more", facts)) is not null);
    }

    [Fact]
    public async Task Tiers_step_down_one_after_the_other_with_a_record_each()
    {
        var suspect = await InAsync(AirlockTier.Drain);
        suspect.Clock.Pass(2);
        Assert.Null(await suspect.CleanAsync());
        Assert.Equal(["session.adaptive.tier drain -> hard"], suspect.World.Found);
        suspect.Clock.Pass(5);
        Assert.Null(await suspect.CleanAsync("POST"));
        Assert.Equal(["session.adaptive.tier hard -> soft"], suspect.World.Found);
        suspect.Clock.Pass(10);
        Assert.Equal(AirlockTier.None, (await suspect.StandingAsync()).Tier);
    }

    [Fact]
    public async Task A_level_closes_the_airlock_once_when_it_is_reached_and_cuts_what_runs()
    {
        var suspect = new Suspect("block_all: never", Airlock);
        await suspect.LeakAsync(4);
        Assert.Equal((ThreatLevel.High, AirlockTier.Soft), await OfAsync(suspect));
        Assert.Empty(suspect.World.Cut);
        await suspect.LeakAsync(3);
        Assert.Equal((ThreatLevel.Critical, AirlockTier.Hard), await OfAsync(suspect));
        Assert.Contains("session.adaptive.closed soft -> hard", suspect.World.Found);
        Assert.Equal(["tester"], suspect.World.Cut);

        // On the plateau the tier runs out though the session goes on.
        suspect.Clock.Pass(4);
        await suspect.LeakAsync(1);
        suspect.Clock.Pass(1);
        Assert.Equal(AirlockTier.Soft, (await OfAsync(suspect)).Tier);
        await suspect.LeakAsync(1);
        Assert.Equal(AirlockTier.Soft, (await OfAsync(suspect)).Tier);
    }

    [Fact]
    public async Task Who_only_observes_cuts_nothing()
    {
        var suspect = new Suspect(more: "enforce: false\nairlock: { enabled: true, on_elevated: drain, on_high: drain, on_critical: drain }");
        Assert.Null(await suspect.LeakAsync());
        Assert.Null(await suspect.LeakAsync());
        Assert.Equal(AirlockTier.Drain, (await suspect.StandingAsync()).Tier);
        Assert.Empty(suspect.World.Cut);
    }

    [Fact]
    public async Task Without_the_airlock_levels_close_nothing_and_operators_may() =>
        Assert.Equal(AirlockTier.Hard, (await (await InAsync(AirlockTier.Hard, "")).StandingAsync()).Tier);

    [Fact]
    public async Task Where_sessions_are_not_scored_nothing_is_moved()
    {
        var suspect = new Suspect();
        var policy = new Inspection.TestWorld().Policy;
        Assert.False(await suspect.States.MoveAsync("tester", AirlockTier.Hard, policy, TestContext.Current.CancellationToken));
        Assert.Null(await suspect.States.OfAsync("tester", policy, TestContext.Current.CancellationToken));
    }

    private static async Task<Suspect> InAsync(AirlockTier tier, string more = Airlock)
    {
        var suspect = new Suspect(more: more);
        await MoveAsync(suspect, tier);
        return suspect;
    }

    private static async Task MoveAsync(Suspect suspect, AirlockTier tier) =>
        Assert.True(await suspect.States.MoveAsync("tester", tier, suspect.World.Policy, TestContext.Current.CancellationToken));

    private static async Task<(ThreatLevel Level, AirlockTier Tier)> OfAsync(Suspect suspect)
    {
        var standing = await suspect.StandingAsync();
        return (standing.Level, standing.Tier);
    }
}
