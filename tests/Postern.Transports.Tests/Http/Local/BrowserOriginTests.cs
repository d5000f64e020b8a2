using Postern.Transports.Tests.Conformance;
using Postern.Transports.Tests.Survival;

namespace Postern.Transports.Tests.Http.Local;

/// <summary>Postern's own pages answer programs and users, not other people's pages in the user's browser.</summary>
public sealed class BrowserOriginTests(OneWay way) : IClassFixture<OneWay>
{
    [Theory]
    [InlineData("", true)]
    [InlineData("Sec-Fetch-Site: none\r\n", true)]
    [InlineData("Sec-Fetch-Site: same-origin\r\nOrigin: http://{0}\r\n", true)]
    [InlineData("Origin: HTTP://{0}\r\n", true)]
    [InlineData("Sec-Fetch-Site: cross-site\r\n", false)]
    [InlineData("Sec-Fetch-Site: same-site\r\n", false)]
    [InlineData("Sec-Fetch-Site: \r\n", false)]
    [InlineData("Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n", false)]
    [InlineData("Origin: https://evil.test\r\n", false)]
    [InlineData("Origin: null\r\n", false)]
    [InlineData("Origin: http://{0}.evil.test\r\n", false)]
    [InlineData("Sec-Fetch-Site: same-origin\r\nOrigin: https://evil.test\r\n", false)]
    public async Task Another_sites_page_gets_nothing_from_here(string headers, bool isServed)
    {
        foreach (var path in new[] { "/health", $"/fetch?url=http%3A%2F%2Fplain.test%3A{way.World.Upstream.Port}%2F" })
        {
            way.World.Upstream.Requests.Clear();
            await using var client = await RawClient.ConnectAsync(way.World.Address);
            var host = way.World.Address.ToString();
            await client.SendAsync($"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers.Replace("{0}", host, StringComparison.Ordinal)}\r\n");

            var answer = await client.ReadToEndAsync();

            Assert.StartsWith(isServed ? "HTTP/1.1 200 " : "HTTP/1.1 403 ", answer, StringComparison.Ordinal);
            Assert.Equal(isServed && path != "/health" ? 1 : 0, way.World.Upstream.Requests.Count);
        }
    }
}
