using System.Text;
using Postern.Transports.Http.Connect;
using Postern.Transports.Transparent;

namespace Postern.Transports.Tests.Transparent;

public sealed class HostPeekTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a.test\r\n", "a.test")]
    [InlineData("GET / HTTP/1.0\r\nX: y\r\nhOST:\ta.test:8080 \r\nHost: b.test\r\n\r\n", "a.test:8080")]
    [InlineData("GET / HTTP/1.1\r\nHost:\r\n", "")]
    public void Finds_the_first_host(string head, string host)
    {
        for (var length = 0; length < head.IndexOf("\r\n", head.IndexOf("ost:", StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal) + 2; length++)
        {
            Assert.Equal(FirstBytes.Unknown, HostPeek.Look(Encoding.ASCII.GetBytes(head[..length]), out _));
        }

        Assert.Equal(FirstBytes.Head, HostPeek.Look(Encoding.ASCII.GetBytes(head), out var found));
        Assert.Equal(host, found);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nX: y\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("SSH-2.0-client\r\n")]
    [InlineData("\r\nGET / HTTP/1.1\r\nHost: a.test\r\n")]
    public void Nothing_else_names_one(string head) => Assert.Equal(FirstBytes.Bad, HostPeek.Look(Encoding.ASCII.GetBytes(head), out _));

    [Fact]
    public void A_head_without_end_is_no_head() =>
        Assert.Equal(FirstBytes.Bad, HostPeek.Look(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nX: " + new string('y', ConnectHeadReader.MaxBytes)), out _));
}
