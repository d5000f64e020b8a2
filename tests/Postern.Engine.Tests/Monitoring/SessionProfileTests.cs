using Postern.Engine.Flow;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Monitoring;

/// <summary>What is unlike what a session did before.</summary>
public sealed class SessionProfileTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task The_first_window_has_no_before()
    {
        var world = World("domain_burst: 2");
        Assert.DoesNotContain(await VisitAsync(world, 0, 8), static found => found.StartsWith("session.profile", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_burst_of_new_domains_is_recorded_once_in_a_window()
    {
        var world = World("domain_burst: 2");
        await VisitAsync(world, 0, 3);
        _clock.Pass(6);
        Assert.Empty(await VisitAsync(world, 0, 3));
        Assert.Empty(await VisitAsync(world, 10, 2));
        Assert.Equal(["session.profile.domain-burst"], await VisitAsync(world, 20, 3));
        _clock.Pass(6);
        Assert.Equal(["session.profile.domain-burst"], await VisitAsync(world, 30, 4));
    }

    [Fact]
    public async Task Where_it_is_blocked_every_further_new_domain_is_refused_and_no_known_one()
    {
        var world = World("domain_burst: 1, anomaly_action: block");
        await VisitAsync(world, 0, 1);
        _clock.Pass(6);
        await VisitAsync(world, 1, 1);
        Assert.NotNull(await world.RuleAsync(world.Exchange(), Visit(2)));
        Assert.NotNull(await world.RuleAsync(world.Exchange(), Visit(3)));
        Assert.Null(await world.RuleAsync(world.Exchange(), Visit(0)));
    }

    [Theory]
    [InlineData(3, 900_000, true)]
    [InlineData(3, 300_000, false)]
    [InlineData(2, 900_000, false)]
    public async Task Much_more_than_before_is_an_anomaly(int windows, int bytes, bool found)
    {
        var world = World("volume_spike_ratio: 4");
        for (var i = 0; i < windows; i++)
        {
            Assert.Empty(await SendAsync(world, 100_000));
            _clock.Pass(6);
        }

        Assert.Equal(found ? ["session.profile.volume-spike"] : [], await SendAsync(world, bytes));
        Assert.Empty(await SendAsync(world, 1000));
    }

    private TestWorld World(string profiling) => new($"session_profiling: {{ enabled: true, {profiling} }}\nfetch_proxy: {{ monitoring: {{ max_requests_per_minute: 0 }} }}", time: _clock);

    private static async Task<string[]> VisitAsync(TestWorld world, int from, int count)
    {
        var found = new List<string>();
        for (var i = from; i < from + count; i++)
        {
            Assert.Null(await world.RuleAsync(world.Exchange(), Visit(i)));
            found.AddRange(world.Found);
        }

        return [.. found];
    }

    private static Message Visit(int number) => TestWorld.Request($"https://site{number}.example/");

    private static async Task<string[]> SendAsync(TestWorld world, int bytes)
    {
        var exchange = world.Exchange();
        Assert.Null(await world.RuleAsync(exchange, TestWorld.Request("https://a.example/")));
        Assert.Null(await world.RuleAsync(exchange, TestWorld.Body(new string(' ', bytes), new MessageFacts(MessageKind.BodyWindow, Direction.Outbound) { Content = ContentKind.Text })));
        return world.Found;
    }
}
