using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class UrlEntropyTests
{
    [Theory]
    [InlineData("abcdefghijklmnop", 4.0, false)] // exactly 4
    [InlineData("abcdefghijklmnopabcdefghijklmnop", 4.0, false)]
    [InlineData("abcdefghijklmnopq", 4.0, true)]
    [InlineData("abcdefghijklmnop", 3.9, true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0.1, false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789", 0, false)] // off
    [InlineData("%61%62%63%64%65%66%67%68", 3.0, false)] // eight letters, exactly 3
    [InlineData("%61%62%63%64%65%66%67%68%69", 3.0, true)]
    [InlineData("", 1, false)]
    public void Exceeds_only_above_the_threshold(string token, double threshold, bool expected) =>
        Assert.Equal(expected, UrlEntropy.Exceeds(Encoding.ASCII.GetBytes(token), threshold));

    [Theory]
    [InlineData("3f786850e387550fdab836ed7e6dc881de23001b")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("2026-11-20T06:28:49.123456Z")]
    [InlineData("pneumonoultramicroscopicsilicovolcanoconiosis")]
    [InlineData("typescript-eslint-parser-8.46.2.tgz")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("how-to-configure-a-reverse-proxy-with-docker-compose")]
    public void Does_not_cry_wolf_at_the_default(string token) =>
        Assert.False(UrlEntropy.Exceeds(Encoding.ASCII.GetBytes(token), 4.5));

    [Fact]
    public void Counts_beyond_its_table()
    {
        var token = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ab", 1_000)));
        Assert.True(UrlEntropy.Exceeds(token, 0.99));
        Assert.False(UrlEntropy.Exceeds(token, 1.0));
    }
}
