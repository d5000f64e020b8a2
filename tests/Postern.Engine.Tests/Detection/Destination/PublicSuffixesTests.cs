using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class PublicSuffixesTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("a.b.c.example.com", "example.com")]
    [InlineData("WWW.Example.COM.", "example.com")]
    [InlineData("example.co.uk", "example.co.uk")]
    [InlineData("a.b.example.co.uk", "example.co.uk")]
    [InlineData("co.uk", "co.uk")] // itself a public suffix
    [InlineData("com", "com")]
    [InlineData("localhost", "localhost")]
    [InlineData("a.b.unknown-tld-xyz", "b.unknown-tld-xyz")] // the default rule
    [InlineData("a.example.ck", "a.example.ck")] // wildcard *.ck
    [InlineData("b.a.example.ck", "a.example.ck")]
    [InlineData("www.ck", "www.ck")] // exception !www.ck
    [InlineData("a.www.ck", "www.ck")]
    [InlineData("a.b.kobe.jp", "a.b.kobe.jp")]
    [InlineData("x.a.b.kobe.jp", "a.b.kobe.jp")]
    [InlineData("x.city.kobe.jp", "city.kobe.jp")]
    [InlineData("x.y.city.kobe.jp", "city.kobe.jp")]
    [InlineData("a.user.github.io", "user.github.io")] // the private section
    [InlineData("github.io", "github.io")]
    [InlineData("a.b.s3.amazonaws.com", "b.s3.amazonaws.com")]
    [InlineData("a.例子.公司.cn", "xn--fsqu00a.xn--55qx5d.cn")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    public void Finds_what_one_owner_registered(string host, string expected)
    {
        var canonical = CanonicalHostTests.Parse(host);
        Assert.Equal(expected, Encoding.ASCII.GetString(PublicSuffixes.RegistrableDomain(canonical)));
    }

    [Fact]
    public void The_table_says_what_the_list_says()
    {
        var rules = File.ReadLines(Path.Combine(Root(), "src/Postern.Engine/Detection/Destination/Tables/public_suffix_list.dat"))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            .ToHashSet();
        Assert.True(rules.Count > 9_000);
        foreach (var rule in rules)
        {
            // "zz" is nobody's exception, so it is what one owner registers under a suffix or under a wildcard's child.
            var expected = rule[0] == '!' ? rule[1..] : rule[0] == '*' ? $"zz.zy{rule[1..]}" : rules.Contains($"*.{rule}") ? $"a.zz.{rule}" : $"zz.{rule}";
            var host = CanonicalHostTests.Parse($"a.{expected}");
            Assert.Equal(
                CanonicalHostTests.Parse(expected).ToString(), Encoding.ASCII.GetString(PublicSuffixes.RegistrableDomain(host)));
        }
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Postern.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not run inside the repository");
        }

        return folder;
    }
}
