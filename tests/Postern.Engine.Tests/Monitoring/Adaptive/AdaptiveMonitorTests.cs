using Postern.Engine.Monitoring;
using Postern.Engine.Monitoring.Adaptive;

namespace Postern.Engine.Tests.Monitoring.Adaptive;

/// <summary>Scores, levels, and what a level costs.</summary>
public sealed class AdaptiveMonitorTests
{
    [Theory]
    [InlineData(1, ThreatLevel.Normal, 3)]
    [InlineData(2, ThreatLevel.Elevated, 6)]
    [InlineData(4, ThreatLevel.High, 12)]
    [InlineData(7, ThreatLevel.Critical, 21)]
    public async Task Refusals_lead_up_the_levels_at_doubling_scores(int leaks, ThreatLevel level, double score)
    {
        var suspect = new Suspect();
        await suspect.LeakAsync(leaks);
        var standing = await suspect.StandingAsync();
        Assert.Equal((level, score), (standing.Level, standing.Score));
    }

    [Fact]
    public async Task One_message_leads_up_one_level_at_most_however_bad()
    {
        var suspect = new Suspect("escalation_threshold: 1");
        await suspect.LeakAsync(1);
        Assert.Equal(ThreatLevel.Elevated, (await suspect.StandingAsync()).Level);
    }

    [Fact]
    public async Task Clean_requests_take_points_off_and_no_level()
    {
        var suspect = new Suspect();
        await suspect.LeakAsync(2);
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(await suspect.CleanAsync());
        }

        var standing = await suspect.StandingAsync();
        Assert.Equal((ThreatLevel.Elevated, 0), (standing.Level, standing.Score));
    }

    [Fact]
    public async Task Pieces_of_a_stream_wash_nothing()
    {
        var suspect = new Suspect();
        await suspect.LeakAsync(1);
        var exchange = suspect.World.Exchange();
        Assert.Null(await suspect.CleanAsync());
        for (var i = 0; i < 20; i++)
        {
            await suspect.AnswerAsync();
        }

        _ = exchange;
        Assert.Equal(2.5, (await suspect.StandingAsync()).Score);
    }

    [Fact]
    public async Task What_nobody_is_to_blame_for_counts_nothing()
    {
        var suspect = new Suspect();
        await suspect.LeakAsync(1);
        for (var i = 0; i < 20; i++)
        {
            Assert.NotNull(await suspect.MissAsync());
        }

        Assert.InRange((await suspect.StandingAsync()).Score, 0, 3);
        Assert.Equal(ThreatLevel.Normal, (await suspect.StandingAsync()).Level);
    }

    [Fact]
    public async Task A_used_up_budget_is_no_attack()
    {
        var suspect = new Suspect(more: "budget: { max_requests_per_session: 1 }");
        Assert.Null(await suspect.CleanAsync());
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("session.budget.requests", (await suspect.CleanAsync())?.RuleId);
        }

        Assert.Equal(0, (await suspect.StandingAsync()).Score);
    }

    [Fact]
    public async Task A_critical_session_sends_nothing_more_asks_no_resolver_and_recovers_though_it_goes_on_trying()
    {
        var suspect = new Suspect();
        await suspect.LeakAsync(7);
        var lookups = suspect.World.Lookups;
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("session.adaptive.locked", (await suspect.CleanAsync())?.RuleId);
            suspect.Clock.Pass(1);
        }

        Assert.Equal(lookups, suspect.World.Lookups);
        suspect.Clock.Pass(1);
        Assert.Null(await suspect.CleanAsync());
        Assert.Equal(["session.adaptive.level critical -> high"], suspect.World.Found);
        Assert.Equal(ThreatLevel.High, (await suspect.StandingAsync()).Level);
    }

    [Fact]
    public async Task Time_takes_down_one_level_after_the_other()
    {
        var suspect = new Suspect();
        await suspect.LeakAsync(4);
        suspect.Clock.Pass(5);
        Assert.Equal((ThreatLevel.Elevated, 5), Of(await suspect.StandingAsync()));
        suspect.Clock.Pass(5);
        Assert.Equal((ThreatLevel.Normal, 2.5), Of(await suspect.StandingAsync()));
    }

    [Theory]
    [InlineData("", 0, true)]
    [InlineData("", 2, false)]
    [InlineData("upgrade_warn: high", 2, true)]
    [InlineData("upgrade_warn: high", 4, false)]
    [InlineData("upgrade_warn: never", 4, true)]
    public async Task What_is_only_recorded_elsewhere_refuses_in_a_session_that_was_up_to_something(string adaptive, int leaks, bool passes)
    {
        var suspect = new Suspect(adaptive, "mcp_tool_policy: { action: warn }");
        await suspect.LeakAsync(leaks);
        Assert.Equal(passes ? null : "session.adaptive.upgraded", (await suspect.CallAsync("bash", """{"command":"rm -rf /"}"""))?.RuleId);
    }

    [Theory]
    [InlineData(0, "operation.not-approved")]
    [InlineData(4, "session.adaptive.upgraded")]
    public async Task Nobody_is_asked_about_a_session_on_a_high_level(int leaks, string rule)
    {
        var suspect = new Suspect("upgrade_warn: never", "mcp_tool_policy: { action: ask }");
        await suspect.LeakAsync(leaks);
        Assert.Equal(rule, (await suspect.CallAsync("bash", """{"command":"rm -rf /"}"""))?.RuleId);
        Assert.Equal(leaks == 0 ? 1 : 0, suspect.World.Asked.Count);
    }

    [Fact]
    public async Task Each_change_is_evidence()
    {
        var suspect = new Suspect();
        await suspect.LeakAsync(1);
        Assert.DoesNotContain("session.adaptive", suspect.World.Evidence, StringComparison.Ordinal);
        await suspect.LeakAsync(1);
        Assert.Contains("session.adaptive.level normal -> elevated", suspect.World.Found);
        Assert.Contains("session.adaptive.level session", suspect.World.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_observes_scores_and_refuses_nothing()
    {
        var suspect = new Suspect(more: "enforce: false");
        for (var i = 0; i < 8; i++)
        {
            Assert.Null(await suspect.LeakAsync());
        }

        Assert.Equal(ThreatLevel.Critical, (await suspect.StandingAsync()).Level);
        Assert.Null(await suspect.CleanAsync());
    }

    [Fact]
    public async Task What_an_address_refuses_counts_too()
    {
        var suspect = new Suspect();
        var world = new Inspection.TestWorld("adaptive_enforcement: { enabled: true }", "10.1.2.3", time: suspect.Clock);
        Assert.NotNull(await world.RuleAsync(world.Exchange(), Inspection.TestWorld.Request("https://example.com/")));
        Assert.Equal(3, (await new SessionStates(world.Sessions, suspect.Clock).OfAsync("tester", world.Policy, TestContext.Current.CancellationToken))!.Value.Score);
    }

    [Fact]
    public async Task A_flood_of_sessions_never_makes_forget_one_that_is_held()
    {
        var sessions = new InProcessSessions(maxSessions: 16);
        var held = new SessionKey(AdaptiveState.Monitor, 7, "held");
        Assert.True(await sessions.TryCommitAsync(held, 0, [1, 0, 0, 0], mustKeep: true, TestContext.Current.CancellationToken));
        for (var i = 0; i < 200; i++)
        {
            Assert.True(await sessions.TryCommitAsync(new SessionKey(1, (UInt128)i), 0, [1, 0, 0, 0], mustKeep: false, TestContext.Current.CancellationToken));
        }

        Assert.Equal(1, await sessions.LoadAsync(held, new byte[4], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_everything_is_held_there_is_no_room_for_another()
    {
        var sessions = new InProcessSessions(maxSessions: 4);
        for (var i = 0; i < 4; i++)
        {
            Assert.True(await sessions.TryCommitAsync(new SessionKey(22, (UInt128)i), 0, [1, 0, 0, 0], mustKeep: true, TestContext.Current.CancellationToken));
        }

        Assert.False(await sessions.TryCommitAsync(new SessionKey(22, 100), 0, [1, 0, 0, 0], mustKeep: false, TestContext.Current.CancellationToken));
    }

    private static (ThreatLevel Level, double Score) Of(SessionStanding standing) => (standing.Level, standing.Score);
}
