using Postern.Engine.Tests.Detection.Rules;

namespace Postern.Engine.Tests.Detection.Shapes;

public sealed class ShapeMatcherTests
{
    [Theory]
    [InlineData("\"tst_\" hex{8}", "tst_0a1b2c3d", "a tst_0a1b2c3d.", "tst_0a1b2c3d")]
    [InlineData("\"ts-\" hex{8}", "ts-0a1b2c3d", "ts-0a1b2c3d4", "")]
    [InlineData("\"ts-\" hex{8}", "ts-0a1b2c3d", "xts-0a1b2c3d", "")]
    [InlineData("\"tst_\" hex{8}", "tst_0a1b2c3d", "TST_0a1b2c3d", "")]
    [InlineData("\"tst_\"i hex{8}", "tst_0a1b2c3d", "TsT_0a1b2c3d", "TsT_0a1b2c3d")]
    [InlineData("\"tst_\" hex{8,}", "tst_0a1b2c3d", "tst_0a1b2c3d4e5f", "tst_0a1b2c3d4e5f")]
    [InlineData("(\"one_\"|\"twoo_\") hex{8}", "one_0a1b2c3d", "twoo_0a1b2c3d", "twoo_0a1b2c3d")]
    [InlineData("hex{4} \"-mid-\" digits{3}", "a1b2-mid-123", "x: a1b2-mid-123", "a1b2-mid-123")]
    [InlineData("hex{4} \"-mid-\" digits{3}", "a1b2-mid-123", "fa1b2-mid-123", "")]
    [InlineData("base62{3} \"mid\" base62{3}", "a1bmidc2d", "a1bmidc2d", "a1bmidc2d")]
    [InlineData("\"tst_\" (\"dev-\"|\"prod-\")? hex{8}", "tst_0a1b2c3d", "tst_prod-0a1b2c3d", "tst_prod-0a1b2c3d")]
    [InlineData("\"tst_\" [a-c\\]]{4}", "tst_abca", "tst_ab]c", "tst_ab]c")]
    [InlineData("\"begin\" break digits{3,}", "begin 123", "begin\\n  \\t123", "begin\\n  \\t123")]
    [InlineData("\"begin\" break digits{3,}", "begin 123", "begin%0D%0A123", "begin%0D%0A123")]
    [InlineData("\"begin\" break digits{3,}", "begin 123", "begin&#10;123", "begin&#10;123")]
    public void A_shape_matches_exactly_what_it_says(string shape, string example, string text, string expected) =>
        Assert.Equal(expected.Length == 0 ? [] : [expected], RuleText.Matches(RuleText.File(RuleText.Shape(shape, ", allow_placeholders: true"), example), text));

    [Theory]
    [InlineData("word", "=", true)]
    [InlineData("word", ".", true)]
    [InlineData("word", "x", false)]
    [InlineData("word", "_", false)]
    [InlineData("word", "\\n", true)]
    [InlineData("word", "%3D", true)]
    [InlineData("word", "\\u003d", true)]
    [InlineData("word", "3D", false)]
    [InlineData("strict", ".", false)]
    [InlineData("strict", "/", false)]
    [InlineData("strict", "+", false)]
    [InlineData("strict", "=", true)]
    [InlineData("strict", "\"", true)]
    [InlineData("digit", "x", true)]
    [InlineData("digit", "1", false)]
    [InlineData("body", "x", true)]
    [InlineData("none", "x", true)]
    [InlineData("line", "text\n ", true)]
    [InlineData("line", "text\\n> ", true)]
    [InlineData("line", "text ", false)]
    public void The_left_edge_holds(string edge, string before, bool passes) =>
        Assert.Equal(passes, RuleText.Matches(RuleText.File(RuleText.Shape("\"ts-\" hex{8}", $", left: {edge}"), "ts-0a1b2c3d"), before + "ts-0a1b2c3d").Length == 1);

    [Theory]
    [InlineData("word", "g", false)]
    [InlineData("word", "-", true)]
    [InlineData("word", "%22", true)]
    [InlineData("strict", "=", false)]
    [InlineData("strict", "-", false)]
    [InlineData("strict", ",", true)]
    [InlineData("digit", "g", true)]
    [InlineData("body", "g", true)]
    [InlineData("body", "a", false)]
    [InlineData("line", "\n", true)]
    [InlineData("line", " ", false)]
    [InlineData("none", "a", true)]
    public void The_right_edge_holds(string edge, string after, bool passes) =>
        Assert.Equal(passes, RuleText.Matches(RuleText.File(RuleText.Shape("\"ts-\" hex{8}", $", right: {edge}"), "ts-0a1b2c3d"), "ts-0a1b2c3d" + after).Length == 1);

    [Theory]
    [InlineData("tst_aaaaaaaaaaaa")]
    [InlineData("tst_abcdefgh1234")]
    [InlineData("tst_qwertyuiop12")]
    [InlineData("tst_a1EXAMPLEb2c")]
    [InlineData("tst_yourtoken123")]
    public void Placeholders_are_no_finding_unless_asked_for(string text)
    {
        Assert.Empty(RuleText.Matches(RuleText.File(RuleText.Shape("\"tst_\" base62{12}"), "tst_x8Kq2Lw9Rt4z"), text));
        Assert.NotEmpty(RuleText.Matches(RuleText.File(RuleText.Shape("\"tst_\" base62{12}", ", allow_placeholders: true"), "tst_x8Kq2Lw9Rt4z"), text));
    }

    [Theory]
    [InlineData("min_digits: 3", "tst_x8Kq2Lw9Rt4z", "tst_xbKq2LwcRtdz")]
    [InlineData("mixed_case: true", "tst_x8Kq2Lw9Rt4z", "tst_x8kq2lw9rt4z")]
    [InlineData("min_classes: 3", "tst_x8Kq2Lw9Rt4z", "tst_xxkqblwcrtdz")]
    [InlineData("min_entropy: 3.2", "tst_x8Kq2Lw9Rt4z", "tst_x8x8x8x8Rt4z")]
    [InlineData("max_pair_score: -5", "tst_x8Kq2Lw9Rt4z", "tst_stateManager")]
    [InlineData("context: [acme]", "acme tst_x8Kq2Lw9Rt4z", "other tst_x8Kq2Lw9Rt4z")]
    public void A_condition_turns_away_what_fails_it(string condition, string good, string bad)
    {
        var file = RuleText.File(RuleText.Shape("\"tst_\" base62{12}", ", " + condition), good);
        Assert.NotEmpty(RuleText.Matches(file, good));
        Assert.Empty(RuleText.Matches(file, bad));
    }
}
