using Postern.Engine.Agents;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Monitoring;

/// <summary>Requests, bytes and domains of one session.</summary>
public sealed class SessionBudgetTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Requests_are_counted_over_all_domains_and_come_back_with_the_window()
    {
        var world = World("max_requests_per_session: 3, window_minutes: 10");
        Assert.Null(await AskAsync(world, "a"));
        _clock.Pass(5);
        Assert.Null(await AskAsync(world, "b"));
        Assert.Null(await AskAsync(world, "c"));
        Assert.Equal(("session.budget.requests", RefusalKind.Budget), Of(await AskAsync(world, "a")));
        _clock.Pass(6);
        Assert.Null(await AskAsync(world, "a"));
        Assert.NotNull(await AskAsync(world, "a"));
    }

    [Fact]
    public async Task Each_session_has_its_own()
    {
        var world = World("max_requests_per_session: 1");
        Assert.Null(await AskAsync(world, "a", "builder"));
        Assert.NotNull(await AskAsync(world, "a", "builder"));
        Assert.Null(await AskAsync(world, "a", "builder|10.1.1.1"));
    }

    [Fact]
    public async Task Domains_are_registrable_ones_and_those_in_use_stay_open()
    {
        var world = World("max_unique_domains_per_session: 2, window_minutes: 10");
        Assert.Null(await AskAsync(world, "a"));
        Assert.Null(await AskAsync(world, "www.b"));
        Assert.Null(await AskAsync(world, "api.b"));
        Assert.Equal(("session.budget.domains", RefusalKind.Budget), Of(await AskAsync(world, "c")));
        Assert.Null(await AskAsync(world, "a"));
        _clock.Pass(11);
        Assert.Null(await AskAsync(world, "c"));
    }

    [Fact]
    public async Task Bytes_of_both_directions_count_and_what_is_refused_does_not()
    {
        var world = World("max_bytes_per_session: 1000");
        var exchange = Exchange(world, "builder");
        Assert.Null(await world.RuleAsync(exchange, TestWorld.Request("https://a.example/")));
        Assert.Null(await world.RuleAsync(exchange, Body(700)));
        Assert.Equal("session.budget.bytes", (await world.RuleAsync(exchange, Body(700)))?.RuleId);
        Assert.Null(await world.RuleAsync(exchange, Body(100)));
    }

    [Fact]
    public async Task A_window_of_zero_never_ends()
    {
        var world = World("max_requests_per_session: 1, window_minutes: 0");
        Assert.Null(await AskAsync(world, "a"));
        _clock.Pass(100_000);
        Assert.NotNull(await AskAsync(world, "a"));
    }

    [Fact]
    public async Task A_store_that_fails_refuses_and_one_out_of_reach_says_so()
    {
        foreach (var (failure, rule) in new (Exception, string)[] { (new TimeoutException(), "operation.detector-failed"), (new StateUnavailableException("away"), "operation.state-unavailable") })
        {
            var world = new TestWorld("budget: { max_requests_per_session: 10 }", sessions: new BrokenSessions(failure));
            var refused = await AskAsync(world, "a");
            Assert.Equal((rule, RefusalKind.Unavailable), (refused?.RuleId, refused?.Kind));
        }
    }

    private TestWorld World(string budget) => new($"budget: {{ {budget} }}", time: _clock);

    private static Task<Refused?> AskAsync(TestWorld world, string name, string actor = "builder") => world.RuleAsync(Exchange(world, actor), TestWorld.Request($"https://{name}.example/"));

    private static Exchange Exchange(TestWorld world, string actor) => new(new AgentIdentity(actor, ""), "forward", new PolicySnapshot(1, "hash", world.Policy));

    private static Message Body(int bytes) => TestWorld.Body(new string('x', bytes), new MessageFacts(MessageKind.BodyWindow, Direction.Inbound) { Content = ContentKind.Text });

    private static (string Rule, RefusalKind Kind) Of(Refused? refused) => (refused!.RuleId, refused.Kind);
}
