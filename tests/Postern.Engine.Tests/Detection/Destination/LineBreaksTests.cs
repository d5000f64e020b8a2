using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class LineBreaksTests
{
    [Theory]
    [InlineData("/a%0d%0ab", "%0d")]
    [InlineData("/a%0D%0Ab", "%0D")]
    [InlineData("/a%0ab", "%0a")]
    [InlineData("/a%0Db", "%0D")]
    [InlineData("/a%250ab", "%250a")]
    [InlineData("/a%250d%250ab", "%250d")]
    [InlineData("/a%25252525250Ab", "%25252525250A")]
    [InlineData("/a\rb", "\r")]
    [InlineData("/a\nb", "\n")]
    [InlineData("/?q=%41%0a", "%0a")]
    [InlineData("/%%0a", "%0a")]
    [InlineData("/%2%0a", "%0a")]
    public void Finds(string text, string expected)
    {
        Assert.True(LineBreaks.TryFind(Encoding.ASCII.GetBytes(text), out var start, out var length));
        Assert.Equal(expected, text.Substring(start, length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("/a%0cb%0e%a0%d0")]
    [InlineData("/a%2")]
    [InlineData("/a%25")]
    [InlineData("/a%250")]
    [InlineData("/a%0")]
    [InlineData("/0a0d%20")]
    public void Passes(string text) => Assert.False(LineBreaks.TryFind(Encoding.ASCII.GetBytes(text), out _, out _));
}
