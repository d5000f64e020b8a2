using Postern.Engine.Detection.Matching;

namespace Postern.Engine.Tests.Detection.Matching;

public sealed class WindowRatesTests
{
    private readonly WindowRates _rates = new();

    [Fact]
    public void Accepts_everything_where_anything_goes() =>
        Assert.Equal(1, _rates.Of(default(NibbleSets).WithAny(0).WithAny(1).WithAny(2).WithAny(3)), 3);

    [Fact]
    public void All_bytes_together_make_one()
    {
        var sum = Enumerable.Range(0, 256).Sum(value => _rates.Of(default(NibbleSets).With(0, (byte)value).WithAny(1).WithAny(2).WithAny(3)));

        Assert.Equal(1, sum, 3);
    }

    [Theory]
    [InlineData(" the", "~^|`")]
    [InlineData("tion", "AKIA")]
    [InlineData("word", "ghp_")]
    [InlineData("sess", "xoxb")]
    public void Knows_common_windows_from_rare_ones(string common, string rare) =>
        Assert.True(RateOf(common) > 10 * RateOf(rare), $"{RateOf(common)} against {RateOf(rare)}");

    private float RateOf(string window)
    {
        var sets = default(NibbleSets);
        for (var i = 0; i < window.Length; i++)
        {
            sets = sets.With(i, (byte)window[i]);
        }

        return _rates.Of(sets);
    }
}
