using System.Net;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class UrlInspectorTests
{
    private const string Random32 = "q8Zx3LmV0nRtYb7KpWd2HsJ5cGfA9eUo";

    private static readonly DestinationPolicy s_policy = new(
        Allowlist: DomainSet.Parse("api.example.com", "10.9.9.9", "93.184.216.34", "*.mixed.example"),
        Blocklist: DomainSet.Parse("*.pastebin.com", "8.8.4.4", "evil.api.example.com"),
        TrustedDomains: DomainSet.Parse("*.corp.example", "10.0.0.7"),
        EntropyExclusions: DomainSet.Parse("*.cdn.example"))
    {
        InternalRanges = [Range("9.9.9.0/24"), Range("2620:fe::/48")],
        AllowedRanges = [Range("192.168.7.0/24"), Range("fd12::/16")],
    };

    [Theory]
    [InlineData("https://api.github.com/repos/dotnet/runtime/issues?per_page=100&page=2")]
    [InlineData("https://registry.npmjs.org/@types/node/-/node-22.10.1.tgz")]
    [InlineData("https://example.com/a/.../b#%0d%0a")]
    [InlineData("https://example.com/#%2e%2e/..")]
    [InlineData("https://example.com/100%25/%zz?q=50%25%20off&r=%")]
    [InlineData("https://example.com/?p=%25%32%65./x")]
    [InlineData("https://93.184.216.34/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https://0x08080808/")]
    [InlineData("http://192.168.7.9/")]
    [InlineData("http://[fd12::1]/")]
    [InlineData("https://git.example/commit/3f786850e387550fdab836ed7e6dc881de23001b")]
    [InlineData("https://a.cdn.example/" + Random32)]
    [InlineData("https://" + "q8zx3lmv0nrtyb7kpwd2hsj5cgfa9euo" + ".cdn.example/")]
    [InlineData("https://example.com/?next=2026-11-20T06:28:49.123456Z&id=123e4567-e89b-12d3-a456-426614174000")]
    public void Passes(string url) => Assert.Equal("", Rules(url));

    [Theory]
    [InlineData("", "malformed")]
    [InlineData("ftp://example.com/", "scheme")]
    [InlineData("file:///etc/passwd", "scheme")]
    [InlineData("https://user:pw@example.com/", "userinfo")]
    [InlineData("https://api.example.com@evil.example/", "userinfo")]
    [InlineData("https://example.com/a b", "malformed")]
    [InlineData("https://a..b/", "malformed")]
    [InlineData("https://example.com/%0d%0aSet-Cookie:x", "crlf")]
    [InlineData("https://example.com/?a=%250aX", "crlf")]
    [InlineData("https://example.com/\r\nX", "crlf malformed")]
    [InlineData("https://example.com/?a=%25%30%61X", "crlf")]
    [InlineData("https://example.com/%%30aX", "crlf")]
    [InlineData("https://example.com/%25%32%65./x", "path-traversal")]
    [InlineData("https://example.com/.%%32e%2%66x", "path-traversal")]
    [InlineData("https://example.com/../x", "path-traversal")]
    [InlineData("https://example.com/a%2f%2e%2e%5cx", "path-traversal")]
    [InlineData("https://example.com/a/..\\..\\x", "malformed path-traversal")]
    [InlineData("https://pastebin.com/raw/x", "blocklisted")]
    [InlineData("https://WWW.Pastebin.Com./raw/x", "blocklisted")]
    [InlineData("https://evil.api.example.com/", "blocklisted")]
    [InlineData("http://0x08080404/", "blocklisted")]
    [InlineData("https://example.com/" + Random32, "entropy-path")]
    [InlineData("https://example.com/?k=" + Random32, "entropy-query")]
    [InlineData("https://example.com/?" + Random32 + "=1", "entropy-query")]
    [InlineData("https://a.cdn.example/?k=" + Random32, "entropy-query")]
    [InlineData("https://x.q8zx3lmv0nrtyb7kpwd2hsj5cgfa9euo.example.com/", "entropy-subdomain")]
    [InlineData("https://notcdn.example/" + Random32, "entropy-path")]
    public void Names_the_rule(string url, string rules) => Assert.Equal(rules, Rules(url));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("127.0.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("017700000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("00000000000000000177.0.0.1")]
    [InlineData("%31%32%37.0.0.1")]
    [InlineData("１２７.０.０.１")]
    [InlineData("127。0。0。1")]
    [InlineData("127.0.0.1.")]
    [InlineData("0")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.7")] // trusted_domains never excuses a literal
    [InlineData("192.0.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("[::]")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[64:ff9b::127.0.0.1]")]
    [InlineData("[64:ff9b:1::8.8.8.8]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[2001:0:808:808::80ff:fffe]")]
    [InlineData("[fe80::1]")]
    [InlineData("[fc00::1]")]
    [InlineData("[ff02::1]")]
    [InlineData("[64:ff9b::192.168.7.9]")] // the exception is for the address that is dialled
    [InlineData("9.9.9.9")] // configured
    [InlineData("[2620:fe::9]")]
    [InlineData("[64:ff9b::9.9.9.9]")]
    public void Refuses_an_internal_literal_without_dns(string host) => Assert.Equal("internal-address", Rules($"http://{host}/"));

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("0xA9FEA9FE")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("192.0.0.192")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("[::ffff:a9fe:a9fe]")]
    [InlineData("[64:ff9b::a9fe:a9fe]")]
    public void Refuses_a_metadata_literal(string host) => Assert.Equal("metadata-address", Rules($"http://{host}/latest/"));

    [Theory]
    [InlineData("api.example.com", "93.184.216.34", "")]
    [InlineData("x.example", "93.184.216.34 2606:4700::1", "")]
    [InlineData("x.example", "", "unresolvable")]
    [InlineData("x.example", "93.184.216.34 10.0.0.1", "internal-address")]
    [InlineData("x.example", "10.0.0.1 93.184.216.34", "internal-address")]
    [InlineData("x.example", "::ffff:10.0.0.1", "internal-address")]
    [InlineData("x.example", "fe80::1%3", "internal-address")]
    [InlineData("x.example", "169.254.169.254", "metadata-address")]
    [InlineData("x.example", "192.168.7.1", "")]
    [InlineData("git.corp.example", "10.0.0.1 fd00::1", "")]
    [InlineData("git.corp.example", "169.254.169.254", "metadata-address")]
    [InlineData("api.example.com", "10.0.0.1", "allowlisted-internal-name")]
    public void Judges_every_address_of_a_name(string host, string addresses, string rules)
    {
        var hits = new HitList();
        UrlInspector.Inspect(Encoding.ASCII.GetBytes($"https://{host}/"), s_policy, hits, out var judged);
        Assert.True(judged.NeedsAddresses);
        var resolved = addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse).ToArray();
        UrlInspector.InspectAddresses(resolved, judged, s_policy, hits);
        Assert.Equal(rules, Names(hits));
    }

    [Fact]
    public void Says_which_key_opens_an_allow_listed_internal_literal()
    {
        Assert.Equal("allowlisted-internal-literal", Rules("http://0xa.0x9.0x9.9/"));
        Assert.Contains("ssrf.ip_allowlist", UrlRules.AllowlistedInternalLiteral.Remedy, StringComparison.Ordinal);
        Assert.Contains("trusted_domains", UrlRules.AllowlistedInternalName.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.example.com/", "")]
    [InlineData("https://API.example.com./", "")]
    [InlineData("https://a.mixed.example/", "")]
    [InlineData("https://0x5db8d822/", "")] // 93.184.216.34
    [InlineData("https://other.example/", "not-allowlisted")]
    [InlineData("https://evil.api.example.com/", "not-allowlisted blocklisted")]
    public void Strict_reaches_only_the_allow_list(string url, string rules) => Assert.Equal(rules, Rules(url, s_policy with { Strict = true }));

    [Fact]
    public void Strict_with_an_empty_list_reaches_nothing() =>
        Assert.Equal("not-allowlisted", Rules("https://example.com/", new DestinationPolicy(Strict: true)));

    [Fact]
    public void The_length_comes_first_and_ends_the_work()
    {
        var url = "https://127.0.0.1/../%0d%0a?" + new string('x', 2048);
        Assert.Equal("url-too-long", Rules(url));
    }

    [Fact]
    public void What_cannot_be_read_has_no_host_and_no_grant()
    {
        UrlInspector.Inspect("http://user@api.example.com/"u8, s_policy, new HitList(), out var judged);
        Assert.Equal(default, judged);
        Assert.False(judged.NeedsAddresses || judged.IsAllowlisted || judged.IsTrusted);
    }

    [Theory]
    [InlineData("example.com:443", "")]
    [InlineData("example.com:22", "port")]
    [InlineData("example.com", "malformed")]
    [InlineData("127.1:443", "internal-address")]
    [InlineData("[::]:443", "internal-address")]
    [InlineData("paste.pastebin.com:443", "blocklisted")]
    [InlineData("a@b:443", "userinfo")]
    [InlineData("q8zx3lmv0nrtyb7kpwd2hsj5cgfa9euo.a.example.com:443", "entropy-subdomain")]
    public void Judges_a_connect_target(string target, string rules)
    {
        var hits = new HitList();
        UrlInspector.InspectTarget(Encoding.ASCII.GetBytes(target), s_policy, hits, out var judged);
        Assert.Equal(rules, Names(hits));
        Assert.Equal(UrlScheme.None, judged.Url.Scheme);
    }

    [Theory]
    [InlineData("https://example.com/a/../b", "..")]
    [InlineData("https://example.com/x%0Ay", "%0A")]
    [InlineData("https://Pastebin.com:443/x", "Pastebin.com")]
    [InlineData("https://example.com/a/" + Random32 + "/b", Random32)]
    [InlineData("https://example.com/?a=1&b=" + Random32 + "&c", Random32)]
    [InlineData("http://[::1]:8080/", "[::1]")]
    public void Says_where(string url, string expected)
    {
        var hits = new HitList();
        UrlInspector.Inspect(Encoding.ASCII.GetBytes(url), s_policy, hits, out _);
        Assert.Equal(expected, url.Substring(hits[0].Start, hits[0].Length));
    }

    [Theory]
    [InlineData("%25")]
    [InlineData("%%30")]
    [InlineData("25")]
    [InlineData("%2")]
    [InlineData("%")]
    [InlineData("../%")]
    public void Long_nested_encodings_stay_linear(string piece)
    {
        var url = Encoding.ASCII.GetBytes("https://example.com/a%" + string.Concat(Enumerable.Repeat(piece, 400_000)) + "x");
        var policy = s_policy with { MaxUrlBytes = int.MaxValue, EntropyThreshold = 0 };
        var watch = System.Diagnostics.Stopwatch.StartNew();
        UrlInspector.Inspect(url, policy, new HitList(), out _);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
    }

    [Fact]
    public void A_clean_url_allocates_nothing()
    {
        var url = "https://api.github.com/repos/dotnet/runtime/issues/1?per_page=100&q=some+longer+words+here"u8.ToArray();
        IPAddress[] addresses = [IPAddress.Parse("140.82.112.5"), IPAddress.Parse("2606:50c0:8000::153")];
        var hits = new HitList();
        void Once()
        {
            UrlInspector.Inspect(url, s_policy, hits, out var judged);
            UrlInspector.InspectAddresses(addresses, judged, s_policy, hits);
            var host = judged.Url.Authority.Host;
            Assert.False(PublicSuffixes.RegistrableDomain(host).IsEmpty);
        }

        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Once();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, hits.Count);
    }

    private static IpRange Range(string text) => IpRange.TryParse(text, out var range) ? range : throw new FormatException(text);

    private static string Rules(string url, DestinationPolicy? policy = null)
    {
        var hits = new HitList();
        UrlInspector.Inspect(Encoding.UTF8.GetBytes(url), policy ?? s_policy, hits, out _);
        return Names(hits);
    }

    private static string Names(HitList hits) =>
        string.Join(' ', Enumerable.Range(0, hits.Count).Select(i => hits[i].Rule.Id["destination.".Length..]));
}
