using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class HttpUrlTests
{
    [Theory]
    [InlineData("http://example.com", "Http|example.com|80|example.com||||")]
    [InlineData("HTTPS://Example.COM/", "Https|example.com|443|Example.COM|/|||/")]
    [InlineData("ws://example.com:81/a", "Ws|example.com|81|example.com|/a|||/a")]
    [InlineData("wss://example.com?x", "Wss|example.com|443|example.com||x||?x")]
    [InlineData("https://a.b:8443/p/q?x=1&y=/?#f?g#h", "Https|a.b|8443|a.b|/p/q|x=1&y=/?|f?g#h|/p/q?x=1&y=/?")]
    [InlineData("http://h#f", "Http|h|80|h|||f|")]
    [InlineData("http://h/#", "Http|h|80|h|/|||/")]
    [InlineData("http://h/?", "Http|h|80|h|/|||/?")]
    [InlineData("http://h/?#", "Http|h|80|h|/|||/?")]
    [InlineData("http://[::1]:8080/x", "Http|::1|8080|[::1]|/x|||/x")]
    [InlineData("http://[::1]", "Http|::1|80|[::1]||||")]
    [InlineData("http://0x7f.1/%zz?%", "Http|127.0.0.1|80|0x7f.1|/%zz|%||/%zz?%")]
    [InlineData("http://bücher.example/", "Http|xn--bcher-kva.example|80|bücher.example|/|||/")]
    [InlineData("http://h/a@b:c|{}^`\"<>?\\a@b", "Http|h|80|h|/a@b:c|{}^`\"<>|\\a@b||/a@b:c|{}^`\"<>?\\a@b")]
    [InlineData("http://h/#ü", "Http|h|80|h|/||ü|/")]
    [InlineData("http://h.?@other", "Http|h|80|h.||@other||?@other")]
    public void Reads(string text, string expected)
    {
        var url = Encoding.UTF8.GetBytes(text);
        Assert.True(HttpUrl.TryParse(url, 2048, out var parsed, out var fault), fault.ToString());
        string At(Range range) => Encoding.UTF8.GetString(url[range]);
        Assert.Equal(
            expected,
            $"{parsed.Scheme}|{parsed.Authority.Host}|{parsed.Authority.Port}|{At(parsed.RawHost)}|{At(parsed.Path)}|{At(parsed.Query)}|{At(parsed.Fragment)}|{At(parsed.PathAndQuery)}");
    }

    [Theory]
    [InlineData("", UrlFault.Empty)]
    [InlineData("ftp://h/", UrlFault.BadScheme)]
    [InlineData("file:///etc/passwd", UrlFault.BadScheme)]
    [InlineData("javascript:alert(1)", UrlFault.BadScheme)]
    [InlineData("httpx://h", UrlFault.BadScheme)]
    [InlineData("://h", UrlFault.BadScheme)]
    [InlineData("//h/", UrlFault.BadScheme)]
    [InlineData("/path", UrlFault.BadScheme)]
    [InlineData("example.com/", UrlFault.BadScheme)]
    [InlineData(" http://h/", UrlFault.BadScheme)]
    [InlineData("ht\ttp://h/", UrlFault.BadScheme)]
    [InlineData("http:h", UrlFault.MissingAuthority)]
    [InlineData("http:/h", UrlFault.MissingAuthority)]
    [InlineData("http:\\\\h", UrlFault.MissingAuthority)]
    [InlineData("http://", UrlFault.MissingAuthority)]
    [InlineData("http:///h", UrlFault.MissingAuthority)]
    [InlineData("http://?h", UrlFault.MissingAuthority)]
    [InlineData("http://h\\@evil/", UrlFault.Backslash)]
    [InlineData("http://h/a\\b", UrlFault.Backslash)]
    [InlineData("http://user@h/", UrlFault.Userinfo)]
    [InlineData("http://user:pass@h/", UrlFault.Userinfo)]
    [InlineData("http://@h/", UrlFault.Userinfo)]
    [InlineData("http://good.example:80@evil.example/", UrlFault.Userinfo)]
    [InlineData("http://a@b@c/", UrlFault.Userinfo)]
    [InlineData("http://h:/", UrlFault.BadPort)]
    [InlineData("http://h:0/", UrlFault.BadPort)]
    [InlineData("http://h:080/", UrlFault.BadPort)]
    [InlineData("http://h:65536/", UrlFault.BadPort)]
    [InlineData("http://h:-1/", UrlFault.BadPort)]
    [InlineData("http://h:+1/", UrlFault.BadPort)]
    [InlineData("http://h:8 0/", UrlFault.ControlByte)]
    [InlineData("http://h:99999999999/", UrlFault.BadPort)]
    [InlineData("http://h:80:80/", UrlFault.BadPort)]
    [InlineData("http://[::1]x/", UrlFault.BadIpv6)]
    [InlineData("http://h/a b", UrlFault.ControlByte)]
    [InlineData("http://h/a\nb", UrlFault.ControlByte)]
    [InlineData("http://h/?a\u007F", UrlFault.ControlByte)]
    [InlineData("http://h/#a\0", UrlFault.ControlByte)]
    [InlineData("http://h\t.example/", UrlFault.ControlByte)]
    [InlineData("http://h/ü", UrlFault.NonAscii)]
    [InlineData("http://h/?ü", UrlFault.NonAscii)]
    [InlineData("http://1.2.3.4.5/", UrlFault.BadIpv4)]
    [InlineData("http://a..b/", UrlFault.BadHost)]
    public void Refuses(string text, UrlFault expected)
    {
        Assert.False(HttpUrl.TryParse(Encoding.UTF8.GetBytes(text), 2048, out var parsed, out var fault));
        Assert.Equal((expected, HostKind.None), (fault, parsed.Authority.Host.Kind));
    }

    [Fact]
    public void Checks_the_length_first()
    {
        Assert.False(HttpUrl.TryParse("http://h/123"u8, 11, out _, out var fault));
        Assert.Equal(UrlFault.TooLong, fault);
        Assert.True(HttpUrl.TryParse("http://h/123"u8, 12, out _, out _));
        Assert.False(HttpUrl.TryParse(new byte[1 << 20], 2048, out _, out fault));
        Assert.Equal(UrlFault.TooLong, fault);
    }

    [Fact]
    public void Never_throws_on_a_prefix_or_a_changed_byte()
    {
        var url = Encoding.UTF8.GetBytes("https://üser.[::ffff:1.2.3.4]:8443/a/../%2e?x=%41&y#z%");
        for (var i = 0; i <= url.Length; i++)
        {
            HttpUrl.TryParse(url.AsSpan(0, i), 2048, out _, out _);
            for (var value = 0; value < 256 && i < url.Length; value++)
            {
                var changed = (byte[])url.Clone();
                changed[i] = (byte)value;
                HttpUrl.TryParse(changed, 2048, out _, out _);
            }
        }

        Assert.False(HttpUrl.TryParse(url, 2048, out _, out _));
    }
}
