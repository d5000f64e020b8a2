using Postern.Engine.Monitoring;

namespace Postern.Engine.Tests.Monitoring;

public sealed class RateWindowTests
{
    [Fact]
    public void Takes_up_to_the_limit_and_no_more()
    {
        var state = new byte[RateWindow.StateBytes];
        Assert.True(RateWindow.TryTake(state, 1_000, 3, 1));
        Assert.True(RateWindow.TryTake(state, 2_000, 3, 2));
        Assert.False(RateWindow.TryTake(state, 3_000, 3, 1));
        Assert.Equal(3, RateWindow.Total(state, 3_000));
    }

    [Fact]
    public void A_refused_take_changes_nothing()
    {
        var state = new byte[RateWindow.StateBytes];
        Assert.True(RateWindow.TryTake(state, 1_000, 3, 2));
        var before = state.ToArray();
        Assert.False(RateWindow.TryTake(state, 9_000, 3, 2));
        Assert.Equal(before, state);
    }

    [Theory]
    [InlineData(59_999, false)]
    [InlineData(60_000, false)]
    [InlineData(65_000, true)]
    [InlineData(10_000_000_000, true)]
    public void Room_comes_back_after_a_minute(long nowMs, bool expected)
    {
        var state = new byte[RateWindow.StateBytes];
        Assert.True(RateWindow.TryTake(state, 4_999, 1, 1));
        Assert.Equal(expected, RateWindow.TryTake(state, nowMs, 1, 1));
    }

    [Fact]
    public void No_sixty_seconds_ever_hold_more_than_the_limit()
    {
        var random = new Random(60);
        var state = new byte[RateWindow.StateBytes];
        var taken = new List<long>();
        var refused = 0;
        for (long now = 0; now < 1_000_000; now += random.Next(0, 4_000))
        {
            if (RateWindow.TryTake(state, now, 20, 1))
            {
                taken.Add(now);
            }
            else
            {
                refused++;
            }

            Assert.True(taken.Count(time => time > now - 60_000) <= 20);
        }

        Assert.True(refused > 50 && taken.Count > 250, $"{taken.Count} taken, {refused} refused");
    }

    [Fact]
    public void A_clock_that_steps_back_frees_no_room()
    {
        var state = new byte[RateWindow.StateBytes];
        Assert.True(RateWindow.TryTake(state, 1_000_000, 1, 1));
        Assert.False(RateWindow.TryTake(state, 0, 1, 1));
        Assert.False(RateWindow.TryTake(state, 1_000_000, 1, 1));
    }

    [Fact]
    public void A_charge_may_exceed_the_limit_and_blocks_what_follows()
    {
        var state = new byte[RateWindow.StateBytes];
        RateWindow.Add(state, 0, 1_000_000);
        Assert.Equal(1_000_000, RateWindow.Total(state, 0));
        Assert.False(RateWindow.TryTake(state, 0, 1_000, 0));
    }

    [Fact]
    public void Counts_saturate()
    {
        var state = new byte[RateWindow.StateBytes];
        RateWindow.Add(state, 0, long.MaxValue);
        RateWindow.Add(state, 5_000, long.MaxValue);
        RateWindow.Add(state, 5_000, 1);
        Assert.Equal(long.MaxValue, RateWindow.Total(state, 5_000));
    }

    [Fact]
    public void A_limit_of_zero_permits_nothing() => Assert.False(RateWindow.TryTake(new byte[RateWindow.StateBytes], 0, 0, 1));

    [Fact]
    public void Refuses_a_state_it_did_not_write()
    {
        var other = new byte[RateWindow.StateBytes];
        other[0] = 2;
        Assert.False(RateWindow.TryTake(other, 0, 100, 1));
        Assert.False(RateWindow.TryTake(new byte[3], 0, 100, 1));
        Assert.Equal(long.MaxValue, RateWindow.Total(other, 0));
        Assert.Throws<ArgumentException>(() => RateWindow.Add(other, 0, 1));
    }

    [Fact]
    public void A_negative_count_in_a_damaged_state_is_full()
    {
        var state = new byte[RateWindow.StateBytes];
        Assert.True(RateWindow.TryTake(state, 0, 100, 1));
        state.AsSpan(16, 8).Fill(0xFF);
        Assert.False(RateWindow.TryTake(state, 0, 100, 1));
    }
}
