using System.Globalization;
using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Policy;

public sealed class SuppressionTests
{
    [Theory]
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", "a.example.com", false)]
    [InlineData("*.example.com", "example.com", true)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*.EXAMPLE.com", "a.example.com", true)]
    [InlineData("*.example.com", "badexample.com", false)]
    [InlineData("*.example.com", "example.com.evil.test", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.70", false)]
    [InlineData("url.*", "url.evil.test", false)]
    [InlineData("body*", "bodyshop.test", false)]
    [InlineData("text", "text", false)]
    public void A_host_is_covered_as_in_every_list_of_domains(string path, string host, bool covered) =>
        Assert.Equal(covered, Covers(path, "header:x-note", host));

    [Theory]
    [InlineData("body$.memo", "body$.memo", true)]
    [InlineData("body$.memo", "body$.memo.x", false)]
    [InlineData("body*", "body$.memo", true)]
    [InlineData("header:*", "header:x-note", true)]
    [InlineData("url.*", "url.query", true)]
    [InlineData("url.query", "url.query", true)]
    [InlineData("url.query", "url.path", false)]
    [InlineData("border", "border", true)]
    [InlineData("*", "body", true)]
    [InlineData("*.memo", "body$.args.memo", true)]
    [InlineData("*.example.com", "body$.a.example.com", false)]
    [InlineData("https://docs.example.com/*", "body$.https://docs.example.com/x", false)]
    public void A_place_is_covered_by_its_own_name_and_never_by_that_of_a_host(string path, string where, bool covered) =>
        Assert.Equal(covered, Covers(path, where, "other.test"));

    [Theory]
    [InlineData("https://docs.example.com/*", "https://docs.example.com/a/b", true)]
    [InlineData("https://docs.example.com/a/", "https://docs.example.com/a/b", true)]
    [InlineData("https://docs.example.com/a/", "https://docs.example.com/b", false)]
    [InlineData("https://docs.example.com", "https://docs.example.com/b", true)]
    [InlineData("https://docs.example.com/*", "http://docs.example.com/a", false)]
    [InlineData("docs.example.com/a*", "http://docs.example.com/ab", true)]
    [InlineData("*.example.com/docs/*", "https://a.example.com/docs/x", true)]
    [InlineData("*.example.com/docs/*", "https://evil.test/a.example.com/docs/x", false)]
    [InlineData("https://*.example.com/docs/*", "https://evil.test/.example.com/docs/x", false)]
    [InlineData("https://*/health", "https://any.test/health", true)]
    [InlineData("https://*/health", "https://any.test/other", false)]
    public void A_url_is_covered_by_host_and_path_apart(string path, string url, bool covered) =>
        Assert.Equal(covered, Covers(path, "url.path", new Uri(url).Host, url));

    [Theory]
    [InlineData("https://a b/x")]
    [InlineData("https://example.com:8443/x")]
    [InlineData("https://*.com/x")]
    [InlineData("no place at all")]
    [InlineData("/tmp/file")]
    public void Refuses_a_path_that_could_never_match(string path)
    {
        Assert.False(PlacePattern.TryParse(path, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Covers_only_its_rule_and_only_where_it_holds()
    {
        Assert.True(Parse("a.test", out var host));
        var suppression = new Suppression("secret.acme.*", "a.test", "known") { Within = "url." };
        Assert.True(suppression.Covers("secret.acme.token", "url.query", host, ""));
        Assert.False(suppression.Covers("secret.acmes", "url.query", host, ""));
        Assert.False(suppression.Covers("secret.acme.token", "header:x", host, ""));
    }

    [Theory]
    [InlineData("2027-03-31T23:59:59Z", 0)]
    [InlineData("2027-04-01T00:00:00Z", 1)]
    public void An_entry_holds_to_the_end_of_its_last_day(string now, int expired)
    {
        var config = ConfigReader.Read("suppress: [{ rule: secret.google.api-key, path: a.test, expires: 2027-03-31 }, { rule: secret.npm.*, path: a.test }]", "f").Config!;

        var said = SuppressionList.Expired(config, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

        Assert.Equal(expired, said.Count);
        Assert.All(said, static sentence => Assert.Contains("'secret.google.api-key' at 'a.test'", sentence, StringComparison.Ordinal));
    }

    private static bool Covers(string path, string where, string host, string url = "")
    {
        Assert.True(Parse(host, out var canonical));
        return new Suppression("secret.*", path, "known").Covers("secret.a", where, canonical, url);
    }

    private static bool Parse(string host, out CanonicalHost canonical) => CanonicalHost.TryParse(Encoding.ASCII.GetBytes(host), out canonical, out _);
}
