using Postern.Transports.Http.Tls;

namespace Postern.Transports.Tests.Http.Tls;

public sealed class ServerNameMatchTests
{
    [Theory]
    [InlineData("example.com", "example.com", true)]
    [InlineData("EXAMPLE.com", "example.com", true)]
    [InlineData("example.com.", "example.com", true)]
    [InlineData("example.com", "example.com.", true)]
    [InlineData("example.com..", "example.com", false)]
    [InlineData("www.example.com", "example.com", false)]
    [InlineData("example.co", "example.com", false)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.10", false)]
    public void Compares_hosts(string serverName, string host, bool same) => Assert.Equal(same, ServerNameMatch.IsSame(serverName, host));

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("example.com", false)]
    public void Only_addresses_go_without_a_name(string host, bool may) => Assert.Equal(may, ServerNameMatch.MayBeAbsent(host));
}
