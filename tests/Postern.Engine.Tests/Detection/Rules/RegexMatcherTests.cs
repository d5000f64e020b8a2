namespace Postern.Engine.Tests.Detection.Rules;

public sealed class RegexMatcherTests
{
    private static readonly string s_file = RuleText.File(
        "    regex: { match: 'acme-[0-9]{4}-(?:red|blue)', literals: [acme-], window: 32 }", "acme-1234-red");

    [Fact]
    public void It_finds_every_match_and_says_where() =>
        Assert.Equal(["acme-1234-red", "acme-9999-blue"], RuleText.Matches(s_file, "x acme-1234-red, acme-12-red acme-9999-blue."));

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5000)]
    [InlineData(70_000)]
    public void A_flood_of_its_literal_hides_nothing(int decoys)
    {
        var text = string.Concat(Enumerable.Repeat("acme-", decoys)) + "acme-1234-red" + new string(' ', decoys) + "acme-4321-blue";
        Assert.Equal(["acme-1234-red", "acme-4321-blue"], RuleText.Matches(s_file, text));
    }

    [Fact]
    public void Matches_far_apart_and_close_together_are_each_reported_once()
    {
        var text = string.Join(new string('.', 40), Enumerable.Range(1000, 12).Select(i => $"acme-{i}-red"));
        Assert.Equal(Enumerable.Range(1000, 12).Select(i => $"acme-{i}-red"), RuleText.Matches(s_file, text));
    }

    [Theory]
    [InlineData("acme-(x+x+)+y\\1", "cannot be used")]
    [InlineData("acme-(?=x)", "cannot be used")]
    [InlineData("(", "cannot be used")]
    [InlineData("(acme-)?", "matches the empty text")]
    public void An_expression_that_could_run_wild_is_refused(string pattern, string message)
    {
        var file = RuleText.File($"    regex: {{ match: '{pattern}', literals: [acme-] }}", "acme-1");
        var errors = Postern.Engine.Detection.Rules.RuleCompiler.Compile(file, "x").Errors;
        Assert.Contains(errors, e => e.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_literal_that_its_examples_do_not_contain_is_noticed()
    {
        var file = RuleText.File("    regex: { match: 'acme-[0-9]+', literals: [acmf-] }", "acme-1");
        var errors = Postern.Engine.Detection.Rules.RuleCompiler.Compile(file, "x").Errors;
        Assert.Contains("does not match its example", Assert.Single(errors).Message, StringComparison.Ordinal);
    }
}
