using System.Text;
using Postern.Engine.Detection;

namespace Postern.Engine.Tests.Detection;

public sealed class EntropyTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 0)]
    [InlineData("aaaaaaaa", 0)]
    [InlineData("ab", 1)]
    [InlineData("aaab", 0.8112781245)]
    [InlineData("abcdefgh", 3)]
    [InlineData("abcdefghijklmnopabcdefghijklmnop", 4)]
    public void Is_that_of_the_frequencies(string text, double bits) =>
        Assert.Equal(bits, Entropy.Of(Encoding.ASCII.GetBytes(text)), Entropy.Tolerance);

    [Fact]
    public void Is_eight_bits_when_every_byte_comes_equally_often()
    {
        var value = new byte[256 * 600];
        for (var i = 0; i < value.Length; i++)
        {
            value[i] = (byte)i;
        }

        // 600 occurrences of each are more than the table holds.
        Assert.Equal(8, Entropy.Of(value), Entropy.Tolerance);
    }
}
