using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Tests.Http.Tls;

namespace Postern.Transports.Tests.Http;

public sealed class BodyBoundsTests
{
    [Theory]
    [InlineData(10, 10, null)]
    [InlineData(10, 11, Obstacle.BodyTooLarge)]
    public async Task A_body_beyond_the_bound_is_an_obstacle(long bound, int length, Obstacle? expected)
    {
        await using var stream = new BoundedStream(new MemoryStream(new byte[length]), bound);
        var buffer = new byte[4];

        var fault = await Record.ExceptionAsync(async () =>
        {
            while (await stream.ReadAsync(buffer, TestContext.Current.CancellationToken) > 0)
            {
            }
        });

        Assert.Equal(expected, (fault as ObstacleException)?.Obstacle);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_not_a_short_one()
    {
        await using var stream = new ClientBodyStream(new Broken());

        var fault = await Assert.ThrowsAsync<ObstacleException>(() => stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(Obstacle.TruncatedBody, fault.Obstacle);
    }

    [Fact]
    public async Task A_client_that_never_sends_its_body_is_not_waited_for_for_ever()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch);
        var body = new BodySource(new Silent(), clock, new HoldBudget());
        var patience = new Patience { FirstMs = 30_000, Silence = Obstacle.TruncatedBody };

        var holding = body.HoldAsync(1024, patience, TestContext.Current.CancellationToken).AsTask();
        clock.Advance(TimeSpan.FromSeconds(31));

        using var held = await holding.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal((true, Obstacle.TruncatedBody), (held.IsWhole, held.Obstacle));
        await body.DisposeAsync();
    }

    [Fact]
    public async Task A_client_that_drips_its_body_is_not_waited_for_for_ever()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch);
        await using var body = new BodySource(new Dripping(() => clock.Advance(TimeSpan.FromSeconds(10))), clock, new HoldBudget());
        var patience = new Patience { FirstMs = 30_000, NextMs = 30_000, AltogetherMs = 60_000, Silence = Obstacle.TruncatedBody };

        using var held = await body.HoldAsync(1024, patience, TestContext.Current.CancellationToken);

        Assert.Equal((true, Obstacle.TruncatedBody, 6), (held.IsWhole, held.Obstacle, held.Bytes.Length));
    }

    [Theory]
    [InlineData(0, 0, true, 0, 0)]
    [InlineData(100, 0, false, 0, 100)]
    [InlineData(100, 1000, false, 950, 50)]
    [InlineData(0, 1000, false, 950, 50)]
    [InlineData(100, 1000, true, 1000, -1)]
    [InlineData(100, 1000, true, 5000, -1)]
    public void Patience_is_the_shorter_of_silence_and_all(int nextMs, int altogetherMs, bool isFirst, int elapsedMs, int expected)
    {
        var patience = new Patience { FirstMs = nextMs, NextMs = nextMs, AltogetherMs = altogetherMs };

        Assert.Equal(expected, patience.WaitMs(isFirst, TimeSpan.FromMilliseconds(elapsedMs)));
    }

    [Fact]
    public async Task Bodies_beyond_the_budget_of_all_are_judged_in_pieces_and_lose_nothing()
    {
        var budget = new HoldBudget(200);
        await using var first = new BodySource(new MemoryStream(new byte[80]), TimeProvider.System, budget);
        await using var second = new BodySource(new MemoryStream(new byte[30]), TimeProvider.System, budget);

        using (var whole = await first.HoldAsync(1024, default, TestContext.Current.CancellationToken))
        {
            using var begun = await second.HoldAsync(1024, default, TestContext.Current.CancellationToken);

            Assert.Equal((true, 80), (whole.IsWhole, whole.Bytes.Length));
            Assert.Equal((false, 30), (begun.IsWhole, begun.Bytes.Length));
            Assert.Equal(160, budget.TakenBytes);
        }

        Assert.Equal(0, budget.TakenBytes);
        await using var third = new BodySource(new MemoryStream(new byte[100]), TimeProvider.System, budget);
        using var later = await third.HoldAsync(1024, default, TestContext.Current.CancellationToken);
        Assert.True(later.IsWhole);
    }

    /// <summary>One byte at a time, and something happens before each.</summary>
    private sealed class Dripping(Action before) : ReadOnlyStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            before();
            return new(1);
        }
    }

    private sealed class Broken : ReadOnlyStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("Reset.");
    }

    private sealed class Silent : ReadOnlyStream
    {
        private readonly TaskCompletionSource<int> _never = new();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(_never.Task);
    }
}
