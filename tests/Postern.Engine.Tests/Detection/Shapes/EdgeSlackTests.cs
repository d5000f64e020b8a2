using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Rules.Compiling;
using Postern.Engine.Detection.Shapes;
using Postern.Engine.Detection.Shapes.Checks;
using Postern.Engine.Tests.Detection.Rules;

namespace Postern.Engine.Tests.Detection.Shapes;

/// <summary>What is glued to a credential does not hide it, and noise does not become one.</summary>
public sealed class EdgeSlackTests
{
    private const string Aws = "secret.aws.access-key-id";
    private const string GitHub = "secret.github.token";
    private const string Anthropic = "secret.anthropic.api-key";

    public static TheoryData<string, string, string> Glued
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var rule in (ReadOnlySpan<string>)[Aws, GitHub, Anthropic, "secret.gitlab.personal-token", "secret.npm.access-token", "secret.jwt.token"])
            {
                foreach (var before in (ReadOnlySpan<string>)["x", "key", "7", "_", "Zz9_", "%C3", "/", "+"])
                {
                    rows.Add(rule, before, "");
                }
            }

            foreach (var rule in (ReadOnlySpan<string>)[Aws, GitHub, "secret.npm.access-token"])
            {
                rows.Add(rule, "", "x");
                rows.Add(rule, "", "_9");
                rows.Add(rule, "key", "END");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Glued))]
    public void What_is_glued_to_a_credential_does_not_hide_it(string rule, string before, string after) =>
        Assert.Contains(rule, Found("some text " + before + Example(rule) + after + " and more"));

    [Fact]
    public void Most_rules_with_a_prefix_do_without_their_left_edge()
    {
        var led = RuleFiles.All.Where(s => s.Rule.Rule.Category == RuleCategory.Secret && s.Rule.Matcher is { Kind: MatcherKind.Shape, Runs.Length: 0 }).ToArray();
        var found = led.Where(s => Found("x" + s.Examples[0]).Contains(s.Rule.Rule.Id)).Select(s => s.Rule.Rule.Id).ToHashSet();
        Assert.True(found.Count >= led.Length * 8 / 10, $"{found.Count} of {led.Length}; not {string.Join(' ', led.Select(s => s.Rule.Rule.Id).Except(found))}");
    }

    [Theory]
    [InlineData("task-runnerConfigurationForTheWholeProject")]
    [InlineData("xAKIAABCDEFGHIJKLMNOP")]
    [InlineData("0f3bAKIASHOULDNOTCOUNTASX")]
    [InlineData("disk-usage-reporting-module-of-the-server")]
    public void Words_with_something_glued_to_them_are_silent(string text) => Assert.Empty(Found(text));

    [Fact]
    public void What_lies_deep_in_encoded_data_is_data()
    {
        var program = string.Concat(Enumerable.Repeat("AEEAIAFBAWoi", 20)) + Example(Aws) + string.Concat(Enumerable.Repeat("BEADQCABLQAA", 20));
        Assert.DoesNotContain(Aws, Found(program));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mebibyte_of_noise_is_silent(bool isHex)
    {
        var noise = new byte[1 << 20];
        new Random(3).NextBytes(noise);
        Assert.Empty(Found(isHex ? Convert.ToHexStringLower(noise) : Convert.ToBase64String(noise)));
        Assert.Empty(Found(Convert.ToBase64String(noise).Replace('+', '-').Replace('/', '_')));
    }

    [Theory]
    [InlineData("\"tst_\" hex{8}", 2)]
    [InlineData("\"ts-\" hex{8}", 0)]
    [InlineData("\"4b1d\" hex{38}", 0)]
    [InlineData("\"AKIA\" [A-Z0-9]{16}", 2)]
    [InlineData("\"AIza\" base64url{35}", 1)]
    public void The_slack_follows_from_the_shape(string notation, int expected) =>
        Assert.Equal(expected, EdgeSlack.Of(new Shape(ShapeParser.Parse(notation, out _)!, 0), CheckKind.None));

    private static string Example(string rule) => RuleFiles.Find(rule).Examples[0];

    private static string[] Found(string text)
    {
        var hits = new HitList();
        RuleCatalogue.Table.Secrets.Scan(Encoding.ASCII.GetBytes(text), hits);
        return [.. Enumerable.Range(0, hits.Count).Where(i => hits[i].Rule.Severity >= Severity.Medium).Select(i => hits[i].Rule.Id)];
    }
}
