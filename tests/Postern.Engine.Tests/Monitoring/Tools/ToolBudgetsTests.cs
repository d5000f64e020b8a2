namespace Postern.Engine.Tests.Monitoring.Tools;

/// <summary>Calls that cost more than they can be worth.</summary>
public sealed class ToolBudgetsTests
{
    private const string Block = "budget: { dow_action: block, ";

    [Theory]
    [InlineData("max_retries_per_tool: 5 }", 5, false)]
    [InlineData("max_retries_per_tool: 5 }", 6, true)]
    public async Task The_same_call_may_be_repeated_so_often(string yaml, int times, bool refused) =>
        await Expect(refused ? "session.budget.loop" : null, Block + yaml, Enumerable.Repeat("""status {"id":1}""", times));

    [Fact]
    public async Task Calls_in_a_circle_are_refused() =>
        await Expect("session.budget.cycle", Block + "max_retries_per_tool: 50 }", Enumerable.Range(0, 6).Select(i => i % 2 == 0 ? """one {"a":1}""" : """two {"a":1}"""));

    [Fact]
    public async Task Calls_in_a_circle_with_other_arguments_pass() =>
        await Expect(null, Block + "max_retries_per_tool: 50, max_concurrent_tool_calls: 0 }", Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? $$"""one {"a":{{i}}}""" : $$"""two {"a":{{i}}}"""));

    [Fact]
    public async Task Growing_arguments_are_refused() =>
        await Expect("session.budget.growth", Block + "max_retries_per_tool: 50 }", Enumerable.Range(0, 4).Select(i => $$"""note {"a":"{{string.Concat(Enumerable.Repeat("word and word ", 60 << i))}}"}"""));

    [Fact]
    public async Task A_session_has_so_many_calls() =>
        await Expect("session.budget.calls", Block + "max_tool_calls_per_session: 3 }", Enumerable.Range(0, 4).Select(i => $$"""note {"a":{{i}}}"""));

    [Fact]
    public async Task So_many_tools_at_once() =>
        await Expect("session.budget.fan-out", Block + "fan_out_limit: 4, max_concurrent_tool_calls: 0 }", "abcde".Select(c => $"note_{c}"));

    [Fact]
    public async Task So_many_calls_wait_for_answers()
    {
        var calls = Enumerable.Range(0, 3).Select(i => $$"""note {"a":{{i}}}""");
        await Expect("session.budget.concurrent", Block + "max_concurrent_tool_calls: 2 }", calls);
        await Expect(null, Block + "max_concurrent_tool_calls: 2 }", calls.SelectMany(c => new[] { c, "< done" }));
    }

    [Fact]
    public async Task A_tool_that_fails_rests()
    {
        var agent = new Agent(Block + "max_retries_per_tool: 2 }");
        for (var i = 0; i < 2; i++)
        {
            Assert.Null(await agent.CallAsync("flaky", $$"""{"a":{{i}}}"""));
            Assert.Null(await agent.AnswerAsync("no", isError: true));
        }

        Assert.Equal("session.budget.retries", (await agent.CallAsync("flaky", """{"a":3}"""))!.Decisive!.Rule.Id);
        Assert.Null(await agent.CallAsync("other", """{"a":3}"""));
    }

    [Fact]
    public async Task A_success_forgives_failures()
    {
        var agent = new Agent(Block + "max_retries_per_tool: 2 }");
        for (var i = 0; i < 6; i++)
        {
            Assert.Null(await agent.CallAsync("flaky", $$"""{"a":{{i}}}"""));
            Assert.Null(await agent.AnswerAsync("so", isError: i % 2 == 0));
        }
    }

    [Fact]
    public async Task By_default_a_loop_is_recorded()
    {
        var agent = new Agent();
        Assert.Null(await agent.PlayAsync([.. Enumerable.Repeat("""status {"id":1}""", 6)]));
        Assert.Contains("session.budget.loop session", agent.Evidence);
    }

    [Fact]
    public async Task Another_server_has_a_budget_of_its_own()
    {
        var agent = new Agent(Block + "max_tool_calls_per_session: 1 }");
        Assert.Null(await agent.PlayAsync("note"));
        agent.Server = "another";
        Assert.Null(await agent.PlayAsync("note"));
        Assert.NotNull(await agent.PlayAsync("note"));
    }

    private static async Task Expect(string? rule, string yaml, IEnumerable<string> steps) =>
        Assert.Equal(rule, (await new Agent(yaml).PlayAsync([.. steps]))?.Decisive!.Rule.Id);
}
