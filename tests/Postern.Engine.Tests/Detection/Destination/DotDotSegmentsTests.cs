using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class DotDotSegmentsTests
{
    [Theory]
    [InlineData("/../etc", "..")]
    [InlineData("/a/..", "..")]
    [InlineData("/a/../", "..")]
    [InlineData("/a/%2e%2e/b", "%2e%2e")]
    [InlineData("/a/.%2E/b", ".%2E")]
    [InlineData("/a/%2e./b", "%2e.")]
    [InlineData("/a%2f..%2fb", "..")]
    [InlineData("/a%5c..%5Cb", "..")]
    [InlineData("/a\\..\\b", "..")]
    [InlineData("/a/..\\b", "..")]
    [InlineData("/a/%252e%252e/b", "%252e%252e")]
    [InlineData("/a/%252e%252e%252fb", "%252e%252e")]
    [InlineData("/a/%252e%252e", "%252e%252e")]
    [InlineData("/a/.%25252e%255cb", ".%25252e")]
    [InlineData("/a/..;/b", "..")]
    [InlineData("/a/..;x=1/b", "..")]
    public void Finds(string path, string expected)
    {
        Assert.True(DotDotSegments.TryFind(Encoding.ASCII.GetBytes(path), out var start, out var length));
        Assert.Equal(expected, path.Substring(start, length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/a/b.c/d")]
    [InlineData("/a/.../b")]
    [InlineData("/a/..b/c")]
    [InlineData("/a/b../c")]
    [InlineData("/a/b%2e%2e/c")]
    [InlineData("/a/%252e%252eb")]
    [InlineData("/a/./b")]
    [InlineData("/compare/v1.0...v2.0")]
    [InlineData("/compare/v1..v2")]
    [InlineData("/a;..")]
    [InlineData("/a/%2e%2")]
    [InlineData("/100%25/..x")]
    public void Passes(string path) => Assert.False(DotDotSegments.TryFind(Encoding.ASCII.GetBytes(path), out _, out _));
}
