using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class DomainPatternTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("Example.COM.", "example.com")]
    [InlineData("*.Example.com.", "*.example.com")]
    [InlineData("*.co.uk", "*.co.uk")]
    [InlineData("*.bücher.example", "*.xn--bcher-kva.example")]
    [InlineData("0x7f.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("[2001:DB8::1]", "2001:db8::1")]
    [InlineData("localhost", "localhost")]
    public void Reads(string text, string expected)
    {
        Assert.True(DomainPattern.TryParse(text, out var pattern, out _));
        Assert.Equal(expected, pattern.ToString());
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("https://example.com", "scheme")]
    [InlineData("example.com/x", "path")]
    [InlineData("example.com:443", "port")]
    [InlineData("[::1]:443", "port")]
    [InlineData("*", "wildcard")]
    [InlineData("*.", "wildcard")]
    [InlineData("*.*.com", "wildcard")]
    [InlineData("a.*.com", "wildcard")]
    [InlineData("a*.com", "wildcard")]
    [InlineData("*a.com", "wildcard")]
    [InlineData("*.com", "top-level")]
    [InlineData("*.com.", "top-level")]
    [InlineData("*.10.0.0.1", "address")]
    [InlineData("a..b", "not a host")]
    [InlineData("a b", "not a host")]
    [InlineData("user@example.com", "not a host")]
    public void Refuses_and_says_why(string text, string reason)
    {
        Assert.False(DomainPattern.TryParse(text, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
