using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Tests.Detection.Shapes;

public sealed class AlphabetTests
{
    [Theory]
    [InlineData("a-c", "abc", "d-")]
    [InlineData("a-", "a-", "b")]
    [InlineData("-a", "a-", "b")]
    [InlineData("\\]\\\\", "]\\", "a")]
    [InlineData("0-9A-F", "09AF", "aG")]
    public void Ranges_mean_what_they_say(string ranges, string inside, string outside)
    {
        Assert.True(Alphabet.TryRanges(ranges, out var alphabet));
        Assert.All(inside, c => Assert.True(alphabet.Contains((byte)c)));
        Assert.All(outside, c => Assert.False(alphabet.Contains((byte)c)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("z-a")]
    [InlineData("\\")]
    [InlineData("é")]
    public void Other_ranges_are_refused(string ranges) => Assert.False(Alphabet.TryRanges(ranges, out _));

    [Fact]
    public void Bytes_outside_ascii_belong_to_no_alphabet()
    {
        Assert.True(Alphabet.TryNamed("printable", out var printable));
        Assert.All(Enumerable.Range(128, 128), b => Assert.False(printable.Contains((byte)b)));
    }
}
