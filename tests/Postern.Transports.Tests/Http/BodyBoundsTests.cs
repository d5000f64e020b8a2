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
        var body = new BodySource(new Silent(), clock);
        var patience = new Patience { FirstMs = 30_000, Silence = Obstacle.TruncatedBody };

        var holding = body.HoldAsync(1024, patience, TestContext.Current.CancellationToken).AsTask();
        clock.Advance(TimeSpan.FromSeconds(31));

        using var held = await holding.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal((true, Obstacle.TruncatedBody), (held.IsWhole, held.Obstacle));
        await body.DisposeAsync();
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
