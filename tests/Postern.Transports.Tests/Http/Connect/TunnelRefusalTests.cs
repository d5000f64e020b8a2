using Postern.Transports.Http;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Tests.Http.Connect;

public sealed class TunnelRefusalTests
{
    [Theory]
    [InlineData("X-A", "b\r\nSet-Cookie: c", "text/plain")]
    [InlineData("X-A\r\n", "b", "text/plain")]
    [InlineData("X-A", "b\n", "text/plain")]
    [InlineData("X-A", "b", "text/plain\r\nX: y")]
    public void Refuses_headers_that_would_break_the_framing(string name, string value, string contentType) =>
        Assert.Throws<ArgumentException>(() => new TunnelRefusal(Reply.Own(403, contentType, default).With(name, value)));

    [Theory]
    [InlineData(200)]
    [InlineData(399)]
    [InlineData(600)]
    public void Is_always_an_error(int status) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TunnelRefusal(Reply.Own(status, "text/plain", default)));
}
