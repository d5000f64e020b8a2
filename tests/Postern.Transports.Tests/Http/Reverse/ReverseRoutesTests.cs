using Postern.Transports.Http.Reverse;
using Postern.Transports.Tests.Http.Tls;
using Xunit;

namespace Postern.Transports.Tests.Http.Reverse;

public sealed class ReverseRoutesTests
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("any.example", "/x", "http://rest/x")]
    [InlineData("any.example:8890", "/v1/chat?a=b", "http://chat/v1/chat?a=b")]
    [InlineData("any.example", "/v1", "http://chat/v1")]
    [InlineData("any.example", "/v10", "http://rest/v10")]
    [InlineData("api.example", "/v1/x", "http://api/base/x")]
    [InlineData("API.example", "/v1", "http://api/base")]
    [InlineData("sub.api.example", "/v1/x", "http://below/v1/x")]
    [InlineData("[::1]:80", "/", "http://rest/")]
    public void Finds_the_server_by_the_longest_path_then_the_closest_host(string host, string target, string url)
    {
        var routes = new ReverseRoutes([At("", "", "http://rest"), At("", "/v1", "http://chat"), At("*.api.example", "/v1", "http://below"), At("api.example", "/v1", "http://api/base/")], TimeProvider.System, s_rest);

        Assert.NotNull(routes.Find(host, target, out var found));
        Assert.Equal(url, found);
    }

    [Fact]
    public void Knows_nothing_where_no_route_fits() => Assert.Null(new ReverseRoutes([At("a.example", "", "http://a")], TimeProvider.System, s_rest).Find("b.example", "/", out _));

    [Fact]
    public void Servers_take_turns_and_one_that_failed_rests()
    {
        var time = new ManualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var routes = new ReverseRoutes([new ReverseTarget("", "", [new Uri("http://a"), new Uri("http://b")], "")], time, s_rest);
        Assert.Equal(2, Seen(routes).Count);

        ReverseServer? first;
        string url;
        do
        {
            first = routes.Find("x", "/", out url);
        }
        while (!url.StartsWith("http://a", StringComparison.Ordinal));
        first!.Note(failed: true);

        Assert.Equal(["http://b/"], Seen(routes));
        time.Advance(s_rest);
        Assert.Equal(2, Seen(routes).Count);
    }

    [Fact]
    public void With_nobody_up_somebody_is_asked_all_the_same()
    {
        var routes = new ReverseRoutes([At("", "", "http://a")], TimeProvider.System, s_rest);
        routes.Find("x", "/", out _)!.Note(failed: true);

        Assert.Equal(["http://a/"], Seen(routes));
    }

    private static HashSet<string> Seen(ReverseRoutes routes)
    {
        HashSet<string> seen = [];
        for (var i = 0; i < 6; i++)
        {
            routes.Find("x", "/", out var url);
            seen.Add(url);
        }

        return seen;
    }

    private static ReverseTarget At(string host, string path, string url) => new(host, path, [new Uri(url)], "");
}
