using Postern.Engine.Mcp;
using Postern.Engine.Monitoring.Tools.Baseline;

namespace Postern.Engine.Tests.Inspection;

/// <summary>Calls compared with those that were usual.</summary>
public sealed class BaselineTests
{
    private const string Blocks = "behavioral_baseline: {enabled: true, deviation_action: block}";
    private const string Usual = """{"path":"a.txt","url":"https://one.example/x","limit":3}""";

    [Theory]
    [InlineData("read", """{"path":"b.txt"}""", false)]
    [InlineData("read", """{"limit":7,"url":"https://one.example/other"}""", false)]
    [InlineData("read", """{"path":["b.txt"]}""", true)]
    [InlineData("read", """{"path":"b.txt","mode":"raw"}""", true)]
    [InlineData("read", """{"url":"https://two.example/x"}""", true)]
    [InlineData("write", """{"path":"b.txt"}""", true)]
    public async Task A_locked_baseline_knows_tools_arguments_and_hosts(string tool, string arguments, bool deviates)
    {
        var world = new McpWorld(Blocks);
        await world.CallAsync("read", Usual);
        world.Baselines.Update("server", Baselines.Lock);

        var refused = await world.CallAsync(tool, arguments);
        Assert.Equal(deviates ? "session.baseline.deviation" : null, refused?.RuleId);
        Assert.True(refused is null || McpCodes.Of(refused) == McpCodes.Session);
        Assert.Equal(refused?.RuleId, (await world.CallAsync(tool, arguments))?.RuleId);
    }

    [Theory]
    [InlineData("behavioral_baseline: {enabled: true}", true, false)]
    [InlineData("behavioral_baseline: {enabled: true, deviation_action: ask}", true, true)]
    [InlineData("", false, false)]
    public async Task What_a_deviation_costs_the_policy_says(string yaml, bool isFound, bool isRefused)
    {
        var world = new McpWorld(yaml);
        await world.CallAsync("read", Usual);
        world.Baselines.Update("server", Baselines.Lock);

        Assert.Equal(isRefused, await world.CallAsync("write", Usual) is not null);
        Assert.Equal(isFound, world.Findings.Contains("session.baseline.deviation"));
    }

    [Fact]
    public async Task Until_it_is_locked_calls_are_observed_and_nothing_of_their_values_is_kept()
    {
        var world = new McpWorld(Blocks);
        Assert.Null(await world.CallAsync("read", Usual));
        Assert.Null(await world.CallAsync("write", "{}"));

        Assert.Equal(
            [("read", "argument limit: number|argument path: text|argument url: text|host one.example"), ("write", "")],
            Baselines.ToolsOf(world.Baselines.Load("server")).Select(static tool => (tool.Tool, string.Join('|', tool.Traits))));
    }

    [Fact]
    public async Task What_was_refused_is_not_observed()
    {
        var world = new McpWorld(Blocks);
        Assert.NotNull(await world.CallAsync("read", """{"url":"http://169.254.169.254/latest"}"""));
        Assert.Empty(world.Baselines.Load("server").Pins);
    }

    [Fact]
    public async Task A_baseline_that_cannot_be_read_refuses()
    {
        var world = new McpWorld(Blocks) { Baselines = new BrokenPins() };
        Assert.Equal("session.baseline.lost", (await world.CallAsync("read", Usual))?.RuleId);
    }
}
