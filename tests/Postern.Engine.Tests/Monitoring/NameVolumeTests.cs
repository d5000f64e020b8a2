using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Monitoring;

/// <summary>Different names of one domain that a session looks up.</summary>
public sealed class NameVolumeTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Names_come_back_with_the_window_and_a_known_one_is_none()
    {
        var world = new TestWorld("dns_proxy: { listen: '127.0.0.1:5353', max_names_per_domain: 2 }", time: _clock);
        Assert.Null(await AskAsync(world, "a.example.com"));
        _clock.Pass(6);
        Assert.Null(await AskAsync(world, "b.example.com"));
        Assert.Null(await AskAsync(world, "A.example.com"));
        var refused = await AskAsync(world, "c.example.com");
        Assert.Equal(("destination.names", RefusalKind.Budget), (refused!.RuleId, refused.Kind));
        Assert.Null(await AskAsync(world, "c.example.org"));

        _clock.Pass(9);
        Assert.NotNull(await AskAsync(world, "c.example.com"));
        _clock.Pass(2);
        Assert.Null(await AskAsync(world, "c.example.com"));
    }

    [Fact]
    public async Task Zero_is_no_limit()
    {
        var world = new TestWorld("dns_proxy: { listen: '127.0.0.1:5353', max_names_per_domain: 0 }", time: _clock);

        for (var i = 0; i < 300; i++)
        {
            Assert.Null(await AskAsync(world, $"n{i}.example.com"));
        }
    }

    private static async Task<Refused?> AskAsync(TestWorld world, string name)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Url, name);
        return await world.RuleAsync(world.Exchange(), writer.Seal(new MessageFacts(MessageKind.Lookup, Direction.Outbound)));
    }
}
