using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination;

public sealed class UrlRulesTests
{
    [Fact]
    public void Ids_are_unique_and_under_their_category()
    {
        Assert.Equal(UrlRules.All.Length, UrlRules.All.Select(rule => rule.Id).Distinct().Count());
        Assert.All(UrlRules.All, rule => Assert.Matches("^destination\\.[a-z]+(-[a-z]+)*$", rule.Id));
    }

    [Fact]
    public void Every_rule_says_what_to_do() => Assert.All(UrlRules.All, rule =>
    {
        Assert.NotEmpty(rule.Title);
        Assert.EndsWith(".", rule.Remedy, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(UrlFault.TooLong, "destination.url-too-long")]
    [InlineData(UrlFault.BadScheme, "destination.scheme")]
    [InlineData(UrlFault.Userinfo, "destination.userinfo")]
    [InlineData(UrlFault.BadHost, "destination.malformed")]
    [InlineData(UrlFault.None, "destination.malformed")]
    public void Every_fault_has_a_rule(UrlFault fault, string expected) => Assert.Equal(expected, UrlRules.Of(fault).Id);
}
