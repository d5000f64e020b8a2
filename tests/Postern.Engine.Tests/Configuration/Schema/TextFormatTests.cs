using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Tests.Configuration.Schema;

public sealed class TextFormatTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("  EXAMPLE.com. ", "example.com")]
    [InlineData("*.Example.com", "*.example.com")]
    [InlineData("*.co.uk", "*.co.uk")]
    [InlineData("localhost", "localhost")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("_srv.example.com", "_srv.example.com")]
    [InlineData("1.example", "1.example")]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("*", null)]
    [InlineData("*.", null)]
    [InlineData("*.com", null)]
    [InlineData("a.*.com", null)]
    [InlineData("*a.example.com", null)]
    [InlineData("*.*.example.com", null)]
    [InlineData("a..example", null)]
    [InlineData("-a.example", null)]
    [InlineData("a-.example", null)]
    [InlineData("https://example.com", null)]
    [InlineData("example.com:443", null)]
    [InlineData("example.com/path", null)]
    [InlineData("user@example.com", null)]
    [InlineData("bücher.example", null)]
    [InlineData("a b.example", null)]
    [InlineData("10.0.0.1", null)]
    [InlineData("example.123", null)]
    [InlineData("example.0x7f", null)]
    [InlineData("2130706433", null)]
    public void Domains(string text, string? canonical) => AssertCheck(HostFormats.Domain, text, canonical);

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("[2001:DB8::0:1]", "2001:db8::1")]
    [InlineData("example.com", "example.com")]
    [InlineData("010.0.0.1", null)]
    [InlineData("10.0.1", null)]
    [InlineData("0x7f.1", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("10.0.0.1:80", null)]
    public void Hosts(string text, string? canonical) => AssertCheck(HostFormats.Host, text, canonical);

    [Fact]
    public void A_domain_is_bounded()
    {
        AssertCheck(HostFormats.Domain, $"{new string('a', 63)}.example", $"{new string('a', 63)}.example");
        AssertCheck(HostFormats.Domain, $"{new string('a', 64)}.example", null);
        AssertCheck(HostFormats.Domain, string.Concat(Enumerable.Repeat("abcdefg.", 31)) + "abcdef", null);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/32", "10.1.2.3/32")]
    [InlineData("FD00::/8", "fd00::/8")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("10.0.0.1/8", null)]
    [InlineData("10.0.0.0", null)]
    [InlineData("10.0.0.0/33", null)]
    [InlineData("10.0.0.0/08", null)]
    [InlineData("10.0.0.0/-1", null)]
    [InlineData("10.0.0.0/", null)]
    [InlineData("10.0.0/8", null)]
    [InlineData("::ffff:10.0.0.0/104", null)]
    [InlineData("fe80::%1/10", null)]
    [InlineData("example.com/8", null)]
    public void Address_ranges(string text, string? canonical) => AssertCheck(NetworkFormats.Cidr, text, canonical);

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.0.0/16")]
    [InlineData("0.0.0.0/0", null)]
    [InlineData("::/0", null)]
    public void Address_ranges_that_excuse_never_excuse_everything(string text, string? canonical) =>
        AssertCheck(NetworkFormats.CidrException, text, canonical);

    [Theory]
    [InlineData("127.0.0.1:8888", "127.0.0.1:8888")]
    [InlineData("LOCALHOST:1", "localhost:1")]
    [InlineData("[::1]:0", "[::1]:0")]
    [InlineData("[0:0::1]:80", "[::1]:80")]
    [InlineData("0.0.0.0:65535", "0.0.0.0:65535")]
    [InlineData(":8888", null)]
    [InlineData("8888", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("127.0.0.1:65536", null)]
    [InlineData("127.0.0.1:+1", null)]
    [InlineData("example.com:80", null)]
    [InlineData("::1:80", null)]
    [InlineData("[127.0.0.1]:80", null)]
    [InlineData("*:80", null)]
    public void Listen_addresses(string text, string? canonical) => AssertCheck(NetworkFormats.Listen, text, canonical);

    [Theory]
    [InlineData("acme-[0-9]+", true)]
    [InlineData("(a|b)c{3}", true)]
    [InlineData("(?i)acme", true)]
    [InlineData("", false)]
    [InlineData("(", false)]
    [InlineData("a*", false)]
    [InlineData("a|", false)]
    [InlineData("(?<=a)b", false)]
    [InlineData("(?=a)b", false)]
    [InlineData("(a)\\1", false)]
    [InlineData("(?>a+)b", false)]
    [InlineData("(((a{1000}){1000}){1000})", false)]
    public void Regular_expressions_run_in_linear_time_or_not_at_all(string text, bool isAccepted) =>
        AssertCheck(TextFormats.Regex, text, isAccepted ? text : null);

    [Theory]
    [InlineData("X-Api-Key", "x-api-key")]
    [InlineData("x y", null)]
    [InlineData("x:", null)]
    [InlineData("", null)]
    public void Header_names(string text, string? canonical) => AssertCheck(TextFormats.HeaderName, text, canonical);

    [Theory]
    [InlineData("secret.aws.access-key-id", "secret.aws.access-key-id")]
    [InlineData("secret.*", "secret.*")]
    [InlineData("*", null)]
    [InlineData("s*", null)]
    [InlineData("se*ret", null)]
    [InlineData("Secret.a", null)]
    public void Rule_ids(string text, string? canonical) => AssertCheck(TextFormats.Rule, text, canonical);

    [Theory]
    [InlineData("a few words", "a few words")]
    [InlineData("two\nlines", null)]
    [InlineData("\u001b[31m", null)]
    [InlineData("", null)]
    public void Lines(string text, string? canonical) => AssertCheck(TextFormats.Line, text, canonical);

    private static void AssertCheck(TextFormat format, string text, string? canonical)
    {
        var check = format.Check(text);
        Assert.Equal(canonical, check.Fault is null ? check.Canonical : null);
    }
}
