using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class AuthorityTests
{
    [Theory]
    [InlineData("example.com:443", 0, "example.com:443")]
    [InlineData("Example.COM.", 443, "example.com:443")]
    [InlineData("[::1]:8080", 0, "[::1]:8080")]
    [InlineData("[::1]", 443, "[::1]:443")]
    [InlineData("127.1:80", 0, "127.0.0.1:80")]
    [InlineData("bücher.example:1", 0, "xn--bcher-kva.example:1")]
    public void Reads(string text, int defaultPort, string expected)
    {
        Assert.True(Authority.TryParse(Encoding.UTF8.GetBytes(text), defaultPort, out var authority, out _));
        Assert.Equal(expected, authority.ToString());
    }

    [Theory]
    [InlineData("", UrlFault.Empty)]
    [InlineData("example.com", UrlFault.BadPort)]
    [InlineData("[::1]", UrlFault.BadPort)]
    [InlineData("example.com:", UrlFault.BadPort)]
    [InlineData(":443", UrlFault.Empty)]
    [InlineData("::1:443", UrlFault.BadPort)]
    [InlineData("user@example.com:443", UrlFault.Userinfo)]
    [InlineData("example.com:443\r\nX: y", UrlFault.ControlByte)]
    [InlineData("example.com\\:443", UrlFault.Backslash)]
    [InlineData("example.com/:443", UrlFault.BadHost)]
    [InlineData("http://example.com:443", UrlFault.BadPort)]
    public void Refuses_as_connect_target(string text, UrlFault expected)
    {
        Assert.False(Authority.TryParse(Encoding.UTF8.GetBytes(text), 0, out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData("example.com", "EXAMPLE.com.:443", true)]
    [InlineData("example.com:443", "example.com", true)]
    [InlineData("127.0.0.1", "0x7f.1:443", true)]
    [InlineData("[::FFFF:1.2.3.4]", "1.2.3.4", true)]
    [InlineData("[::1]:443", "[0:0:0:0:0:0:0:1]", true)]
    [InlineData("straße.de", "xn--strae-oqa.de", true)]
    [InlineData("example.com", "example.com:444", false)]
    [InlineData("example.com", "www.example.com", false)]
    [InlineData("straße.de", "strasse.de", false)]
    public void Equal_means_the_same_place(string left, string right, bool expected)
    {
        Assert.True(Authority.TryParse(Encoding.UTF8.GetBytes(left), 443, out var a, out _));
        Assert.True(Authority.TryParse(Encoding.UTF8.GetBytes(right), 443, out var b, out _));
        Assert.Equal(expected, a == b);
        Assert.True(!expected || a.GetHashCode() == b.GetHashCode());
    }

    [Fact]
    public void Leaves_the_default_port_out_when_asked()
    {
        Assert.True(Authority.TryParse("[2001:db8::1]:443"u8, 0, out var authority, out _));
        Span<byte> text = stackalloc byte[Authority.MaxBytes];
        Assert.Equal("[2001:db8::1]", Encoding.ASCII.GetString(text[..authority.Format(text, 443)]));
        Assert.Equal("[2001:db8::1]:443", Encoding.ASCII.GetString(text[..authority.Format(text, 80)]));
    }
}
