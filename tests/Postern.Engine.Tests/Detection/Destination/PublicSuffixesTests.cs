using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class PublicSuffixesTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("a.b.c.example.com", "example.com")]
    [InlineData("WWW.Example.COM.", "example.com")]
    [InlineData("example.co.uk", "example.co.uk")]
    [InlineData("a.b.example.co.uk", "example.co.uk")]
    [InlineData("co.uk", "co.uk")] // itself a public suffix
    [InlineData("com", "com")]
    [InlineData("localhost", "localhost")]
    [InlineData("a.b.unknown-tld-xyz", "b.unknown-tld-xyz")] // the default rule
    [InlineData("a.example.ck", "a.example.ck")] // wildcard *.ck
    [InlineData("b.a.example.ck", "a.example.ck")]
    [InlineData("www.ck", "www.ck")] // exception !www.ck
    [InlineData("a.www.ck", "www.ck")]
    [InlineData("a.b.kobe.jp", "a.b.kobe.jp")]
    [InlineData("x.a.b.kobe.jp", "a.b.kobe.jp")]
    [InlineData("x.city.kobe.jp", "city.kobe.jp")]
    [InlineData("x.y.city.kobe.jp", "city.kobe.jp")]
    [InlineData("a.user.github.io", "user.github.io")] // the private section
    [InlineData("github.io", "github.io")]
    [InlineData("a.b.s3.amazonaws.com", "b.s3.amazonaws.com")]
    [InlineData("a.例子.公司.cn", "xn--fsqu00a.xn--55qx5d.cn")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    public void Finds_what_one_owner_registered(string host, string expected)
    {
        var canonical = CanonicalHostTests.Parse(host);
        Assert.Equal(expected, Encoding.ASCII.GetString(PublicSuffixes.RegistrableDomain(canonical)));
    }
}
