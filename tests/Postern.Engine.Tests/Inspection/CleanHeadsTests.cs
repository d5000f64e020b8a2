using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Inspection;

public sealed class CleanHeadsTests
{
    private const string Canary = "fd8Kq2mZx7Lw4TnVb9Rj";
    private static readonly string s_secret = "AKIA" + "Q3EGRZKW" + "V5N7YT2P";
    private static readonly IDetector[] s_detectors = [];

    [Fact]
    public void Knows_what_was_remembered_and_nothing_that_differs_in_anything()
    {
        var heads = new CleanHeads();
        Assert.False(heads.Knows(Source("accept: text/html"), s_detectors));
        heads.Remember(Source("accept: text/html"));

        Assert.True(heads.Knows(Source("accept: text/html"), s_detectors));
        Assert.False(heads.Knows(Source("accept: text/htmm"), s_detectors));
        Assert.False(heads.Knows(Source("accept: text/htm"), s_detectors));
        Assert.False(heads.Knows(Source("accept: text/html", PartKind.Url), s_detectors));
        Assert.False(heads.Knows(Source("accept: text/html", direction: Direction.Inbound), s_detectors));
        Assert.False(heads.Knows(Source("accept: text/html") with { Whole = false }, s_detectors));
    }

    [Fact]
    public void Forgets_everything_when_other_detectors_look()
    {
        var heads = new CleanHeads();
        heads.Knows(Source("accept: text/html"), s_detectors);
        heads.Remember(Source("accept: text/html"));

        Assert.False(heads.Knows(Source("accept: text/html"), [null!]));
        Assert.False(heads.Knows(Source("accept: text/html"), s_detectors));
    }

    [Theory]
    [InlineData(PartKind.Body, 10)]
    [InlineData(PartKind.Text, 10)]
    [InlineData(PartKind.Border, 10)]
    [InlineData(PartKind.HeaderValue, CleanHeads.MaxBytes + 1)]
    public void Never_keeps_bodies_texts_borders_and_long_heads(PartKind part, int length)
    {
        var heads = new CleanHeads();
        heads.Knows(Source(new string('a', length), part), s_detectors);
        heads.Remember(Source(new string('a', length), part));

        Assert.False(heads.Knows(Source(new string('a', length), part), s_detectors));
    }

    [Fact]
    public void A_flood_of_different_heads_takes_no_more_room_than_there_are_slots()
    {
        var heads = new CleanHeads();
        var text = new byte[64];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            BitConverter.TryWriteBytes(text, i);
            var source = new ViewSource { Bytes = text, Part = PartKind.HeaderValue };
            Assert.False(heads.Knows(source, s_detectors));
            heads.Remember(source);
            Assert.True(heads.Knows(source, s_detectors));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, CleanHeads.Slots * (CleanHeads.MaxBytes + 64));
    }

    [Fact]
    public async Task A_secret_is_found_each_time_between_clean_requests()
    {
        var world = new TestWorld();
        for (var round = 0; round < 3; round++)
        {
            Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://example.com/", "GET", ("X-Note", "nothing here"))));
            var refused = await world.RuleAsync(world.Exchange(), TestWorld.Request("https://example.com/", "GET", ("X-Note", s_secret)));
            Assert.Equal("secret.aws.access-key-id", refused!.RuleId);
        }
    }

    [Fact]
    public async Task Halves_of_a_secret_that_were_clean_alone_are_found_together()
    {
        var world = new TestWorld();
        var (left, right) = (("X-A", s_secret[..10]), ("X-B", s_secret[10..]));
        for (var round = 0; round < 2; round++)
        {
            Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://example.com/", "GET", left)));
            Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://example.com/", "GET", right)));
        }

        Assert.NotNull(await new TestWorld().RuleAsync(world.Exchange(), TestWorld.Request("https://example.com/", "GET", left, right)));
        Assert.NotNull(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://example.com/", "GET", left, right)));
    }

    [Fact]
    public async Task A_head_that_was_clean_is_looked_at_under_the_next_policy()
    {
        var world = new TestWorld();
        var read = ConfigReader.Read($"canary_tokens:\n  enabled: true\n  tokens:\n    - {{ name: bait, value: {Canary} }}\n", "test.yaml");
        Assert.Empty(read.Errors);
        var next = new Exchange("tester", "test", new PolicySnapshot(2, "next", PolicyCompiler.Compile(read.Config!).Policy!));

        Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://example.com/", "GET", ("X-Note", Canary))));
        Assert.NotNull(await world.RuleAsync(next, TestWorld.Request("https://example.com/", "GET", ("X-Note", Canary))));
        Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://example.com/", "GET", ("X-Note", Canary))));
    }

    [Fact]
    public async Task Monitors_see_a_head_that_is_known()
    {
        var world = new TestWorld("fetch_proxy:\n  monitoring:\n    max_requests_per_minute: 3\n");
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://example.com/")));
        }

        Assert.NotNull(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://example.com/")));
    }

    private static ViewSource Source(string text, PartKind part = PartKind.HeaderValue, Direction direction = Direction.Outbound) =>
        new() { Bytes = Encoding.ASCII.GetBytes(text), Part = part, Direction = direction, Content = ContentKind.Text, Whole = true };
}
