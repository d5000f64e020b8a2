using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class DomainSetTests
{
    private static readonly DomainSet s_set = DomainSet.Parse(
        "exact.example", "*.wild.example", "10.0.0.1", "*.deep.wild.example", "twice.example", "*.twice.example", "::1");

    [Theory]
    [InlineData("exact.example", true)]
    [InlineData("EXACT.example.", true)]
    [InlineData("www.exact.example", false)]
    [InlineData("notexact.example", false)]
    [InlineData("wild.example", true)]
    [InlineData("a.wild.example", true)]
    [InlineData("a.b.c.wild.example", true)]
    [InlineData("notwild.example", false)]
    [InlineData("wild.example.com", false)]
    [InlineData("x.deep.wild.example", true)]
    [InlineData("a.twice.example", true)]
    [InlineData("twice.example", true)]
    [InlineData("example", false)]
    [InlineData("10.0.0.1", true)]
    [InlineData("0xa.1", true)]
    [InlineData("[::ffff:a00:1]", true)]
    [InlineData("10.0.0.2", false)]
    [InlineData("[::1]", true)]
    [InlineData("[::2]", false)]
    public void Matches_the_host_or_a_listed_parent(string host, bool expected) =>
        Assert.Equal(expected, s_set.Contains(CanonicalHostTests.Parse(host)));

    [Fact]
    public void The_empty_set_and_the_default_host_match_nothing()
    {
        Assert.False(DomainSet.Empty.Contains(CanonicalHostTests.Parse("example.com")));
        Assert.False(s_set.Contains(default));
    }

    [Fact]
    public void Finds_each_of_ten_thousand_entries_and_none_besides()
    {
        var set = DomainSet.Parse(Enumerable.Range(0, 10_000).Select(i => $"h{i}.example"));
        for (var i = 0; i < 10_000; i++)
        {
            Assert.True(set.Contains(CanonicalHostTests.Parse($"h{i}.example")));
            Assert.False(set.Contains(CanonicalHostTests.Parse($"x{i}.example")));
        }
    }

    [Fact]
    public void Names_the_bad_entry() =>
        Assert.Contains("\"*.com\"", Assert.Throws<FormatException>(() => DomainSet.Parse("a.b", "*.com")).Message, StringComparison.Ordinal);
}
