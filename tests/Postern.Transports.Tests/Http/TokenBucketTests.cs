using Postern.Transports.Http;
using Postern.Transports.Tests.Http.Tls;

namespace Postern.Transports.Tests.Http;

public sealed class TokenBucketTests
{
    private readonly ManualClock _clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Permits_a_burst_and_then_the_sustained_rate()
    {
        var bucket = new TokenBucket(perMinute: 6, burst: 3, _clock);
        Assert.True(bucket.TryTake(out _) && bucket.TryTake(out _) && bucket.TryTake(out _));

        Assert.False(bucket.TryTake(out var retryAfterSeconds));
        Assert.Equal(10, retryAfterSeconds);
        _clock.Advance(TimeSpan.FromSeconds(retryAfterSeconds));
        Assert.True(bucket.TryTake(out _));
        Assert.False(bucket.TryTake(out _));
    }

    [Fact]
    public void Saves_no_more_than_the_burst()
    {
        var bucket = new TokenBucket(perMinute: 60, burst: 2, _clock);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal([true, true, false], new[] { bucket.TryTake(out _), bucket.TryTake(out _), bucket.TryTake(out _) });
    }

    [Fact]
    public void Zero_is_unlimited()
    {
        var bucket = new TokenBucket(perMinute: 0, burst: 1, _clock);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(bucket.TryTake(out var _)));
    }
}
