using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class CanonicalHostTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("EXAMPLE.Com", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("ex%61mple.com", "example.com")]
    [InlineData("a.b%2Ecom", "a.b.com")]
    [InlineData("localhost", "localhost")]
    [InlineData("my_host.example", "my_host.example")]
    [InlineData("-leading.example", "-leading.example")]
    [InlineData("a--b.example", "a--b.example")]
    [InlineData("1.2.3.4.example", "1.2.3.4.example")]
    [InlineData("0xg.example", "0xg.example")]
    [InlineData("1a", "1a")]
    [InlineData("127.0.0.0xzz", "127.0.0.0xzz")]
    public void Reads_a_name(string raw, string canonical) => Assert.Equal((HostKind.Name, canonical), Read(raw));

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1.", "127.0.0.1")]
    [InlineData("2130706433", "127.0.0.1")]
    [InlineData("0x7f000001", "127.0.0.1")]
    [InlineData("0X7F.1", "127.0.0.1")]
    [InlineData("017700000001", "127.0.0.1")]
    [InlineData("0177.0.0.01", "127.0.0.1")]
    [InlineData("0x7f.0.0.0x1", "127.0.0.1")]
    [InlineData("0300.0xa8.1.1", "192.168.1.1")]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("127.0.1", "127.0.0.1")]
    [InlineData("10.65535", "10.0.255.255")]
    [InlineData("192.168.257", "192.168.1.1")]
    [InlineData("0", "0.0.0.0")]
    [InlineData("0x", "0.0.0.0")]
    [InlineData("0x.0x", "0.0.0.0")]
    [InlineData("00000000000000000000000000000000000000000177.0.0.1", "127.0.0.1")]
    [InlineData("0x0000000000000000000000000000000000007f000001", "127.0.0.1")]
    [InlineData("4294967295", "255.255.255.255")]
    [InlineData("%31%32%37.0.0.1", "127.0.0.1")]
    [InlineData("%30%78%37%66.1", "127.0.0.1")]
    [InlineData("１２７.０.０.１", "127.0.0.1")]
    [InlineData("127。0。0。1", "127.0.0.1")]
    [InlineData("①②⑦.0.0.1", "127.0.0.1")]
    [InlineData("0x7f．1", "127.0.0.1")]
    [InlineData("127.0.0.1｡", "127.0.0.1")]
    [InlineData("127%E3%80%820.0.1", "127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]", "127.0.0.1")]
    [InlineData("[::FFFF:7f00:1]", "127.0.0.1")]
    public void Reads_every_spelling_of_an_ipv4_address(string raw, string canonical) => Assert.Equal((HostKind.Ipv4, canonical), Read(raw));

    [Theory]
    [InlineData("[::1]", "::1")]
    [InlineData("[::]", "::")]
    [InlineData("[0:0:0:0:0:0:0:1]", "::1")]
    [InlineData("[2001:DB8::00A1]", "2001:db8::a1")]
    [InlineData("[1:0:0:2:0:0:0:3]", "1:0:0:2::3")]
    [InlineData("[1:2:3:4:5:6:7::]", "1:2:3:4:5:6:7:0")]
    [InlineData("[::2:3:4:5:6:7:8]", "0:2:3:4:5:6:7:8")]
    [InlineData("[64:ff9b::10.0.0.1]", "64:ff9b::a00:1")]
    [InlineData("[::127.0.0.1]", "::7f00:1")]
    [InlineData("[fe80::1:0:0:1]", "fe80::1:0:0:1")]
    [InlineData("[1:0:2:0:3:0:4:0]", "1:0:2:0:3:0:4:0")]
    public void Reads_an_ipv6_address(string raw, string canonical) => Assert.Equal((HostKind.Ipv6, canonical), Read(raw));

    [Theory]
    [InlineData("", UrlFault.Empty)]
    [InlineData(".", UrlFault.BadHost)]
    [InlineData("..", UrlFault.BadHost)]
    [InlineData("a..b", UrlFault.BadHost)]
    [InlineData(".a", UrlFault.BadHost)]
    [InlineData("a.b..", UrlFault.BadHost)]
    [InlineData("a b", UrlFault.BadHost)]
    [InlineData("a%20b", UrlFault.BadHost)]
    [InlineData("a%00b", UrlFault.BadHost)]
    [InlineData("a%2fb", UrlFault.BadHost)]
    [InlineData("a%40b", UrlFault.BadHost)]
    [InlineData("a%", UrlFault.BadHost)]
    [InlineData("a%4", UrlFault.BadHost)]
    [InlineData("a%zz", UrlFault.BadHost)]
    [InlineData("a%2531", UrlFault.BadHost)]
    [InlineData("a|b", UrlFault.BadHost)]
    [InlineData("a<b", UrlFault.BadHost)]
    [InlineData("a*b", UrlFault.BadHost)]
    [InlineData("256.1.1.1", UrlFault.BadIpv4)]
    [InlineData("1.256.1.1", UrlFault.BadIpv4)]
    [InlineData("1.1.1.256", UrlFault.BadIpv4)]
    [InlineData("1.1.65536", UrlFault.BadIpv4)]
    [InlineData("1.16777216", UrlFault.BadIpv4)]
    [InlineData("4294967296", UrlFault.BadIpv4)]
    [InlineData("0x100000000", UrlFault.BadIpv4)]
    [InlineData("99999999999999999999999999999999", UrlFault.BadIpv4)]
    [InlineData("1.2.3.4.5", UrlFault.BadIpv4)]
    [InlineData("1.2.3.08", UrlFault.BadIpv4)]
    [InlineData("09", UrlFault.BadIpv4)]
    [InlineData("foo.1", UrlFault.BadIpv4)]
    [InlineData("foo.0x4", UrlFault.BadIpv4)]
    [InlineData("1..2", UrlFault.BadIpv4)]
    [InlineData("[::1", UrlFault.BadIpv6)]
    [InlineData("[]", UrlFault.BadIpv6)]
    [InlineData("[:]", UrlFault.BadIpv6)]
    [InlineData("[1]", UrlFault.BadIpv6)]
    [InlineData("[1::2::3]", UrlFault.BadIpv6)]
    [InlineData("[:::]", UrlFault.BadIpv6)]
    [InlineData("[1:2:3:4:5:6:7]", UrlFault.BadIpv6)]
    [InlineData("[1:2:3:4:5:6:7:8:9]", UrlFault.BadIpv6)]
    [InlineData("[1:2:3:4:5:6:7:8::]", UrlFault.BadIpv6)]
    [InlineData("[::12345]", UrlFault.BadIpv6)]
    [InlineData("[::1:]", UrlFault.BadIpv6)]
    [InlineData("[::g]", UrlFault.BadIpv6)]
    [InlineData("[fe80::1%eth0]", UrlFault.BadIpv6)]
    [InlineData("[fe80::1%25eth0]", UrlFault.BadIpv6)]
    [InlineData("[::1.2.3]", UrlFault.BadIpv6)]
    [InlineData("[::1.2.3.4.5]", UrlFault.BadIpv6)]
    [InlineData("[::01.2.3.4]", UrlFault.BadIpv6)]
    [InlineData("[::256.2.3.4]", UrlFault.BadIpv6)]
    [InlineData("[1:2:3:4:5:6:7:1.2.3.4]", UrlFault.BadIpv6)]
    [InlineData("[::1.2.3.4:5]", UrlFault.BadIpv6)]
    [InlineData("[::.1.2.3]", UrlFault.BadIpv6)]
    public void Refuses(string raw, UrlFault expected)
    {
        Assert.False(CanonicalHost.TryParse(Encoding.UTF8.GetBytes(raw), out var host, out var fault));
        Assert.Equal((expected, HostKind.None), (fault, host.Kind));
    }

    [Fact]
    public void Enforces_the_lengths_of_dns()
    {
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{new string('a', 61)}";
        Assert.Equal((HostKind.Name, longest), Read(longest));
        Assert.Equal((HostKind.Name, longest), Read(longest + "."));
        Assert.False(CanonicalHost.TryParse(Encoding.ASCII.GetBytes(longest + "a"), out _, out _));
        Assert.False(CanonicalHost.TryParse(Encoding.ASCII.GetBytes(label + "a.example"), out _, out _));
        Assert.False(CanonicalHost.TryParse(new byte[100_000], out _, out _));
        Assert.False(CanonicalHost.TryParse(Encoding.UTF8.GetBytes(new string('ü', 300)), out _, out _));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { (byte)'a', 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0xAE })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    public void Refuses_bytes_that_are_not_utf8(byte[] raw) => Assert.False(CanonicalHost.TryParse(raw, out _, out _));

    [Theory]
    [InlineData("0x7f.1", "127.0.0.1")]
    [InlineData("[::ffff:8.8.8.8]", "8.8.8.8")]
    [InlineData("[2001:DB8::1]", "2001:db8::1")]
    [InlineData("example.com", null)]
    public void Gives_the_address_to_dial(string raw, string? expected) => Assert.Equal(expected, Parse(raw).ToAddress()?.ToString());

    [Fact]
    public void The_default_value_is_no_host()
    {
        Assert.Equal(HostKind.None, default(CanonicalHost).Kind);
        Assert.True(default(CanonicalHost).Bytes.IsEmpty);
        Assert.Null(default(CanonicalHost).ToAddress());
    }

    internal static (HostKind Kind, string Text) Read(string raw)
    {
        Assert.True(CanonicalHost.TryParse(Encoding.UTF8.GetBytes(raw), out var host, out var fault), $"{raw}: {fault}");
        Assert.Equal(UrlFault.None, fault);
        return (host.Kind, host.ToString());
    }

    internal static CanonicalHost Parse(string raw)
    {
        Assert.True(CanonicalHost.TryParse(Encoding.UTF8.GetBytes(raw), out var host, out _), raw);
        return host;
    }
}
