using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Tests.Detection.Rules;

public sealed class RuleCompilerTests
{
    private const string Good = """
        family: test
        category: secret
        rules:
          - id: secret.test.rule
            title: A test rule
            severity: high
            confidence: high
            remedy: Do something.
            shape:
              match: '"tst_" hex{8}'
            examples:
              - [ts, t_, 0a1b2c3d]
            counter_examples:
              - tst_short
        """;

    [Fact]
    public void A_good_file_becomes_a_table()
    {
        var compiled = RuleCompiler.Compile(Good, "good.yaml");
        Assert.Empty(compiled.Errors);
        Assert.Equal("secret.test.rule", Assert.Single(compiled.Table!.Rules).Id);
    }

    [Theory]
    [InlineData("severity: high", "severity: hihg", 6, 15, "must be one of")]
    [InlineData("remedy: Do something.", "remdy: Do something.", 8, 5, "unknown key 'remdy'")]
    [InlineData("remedy: Do something.", "remdy: Do something.", 4, 5, "'remedy' is missing")]
    [InlineData("title: A test rule", "title: A test rule\n    title: Twice", 6, 5, "is given twice")]
    [InlineData("title: A test rule", "title: [A, B]", 5, 12, "must be a text")]
    [InlineData("confidence: high", "confidence: high\n    core: 'true'", 8, 11, "must be true or false")]
    [InlineData("id: secret.test.rule", "id: Secret.Test", 4, 9, "lower-case")]
    [InlineData("\"tst_\" hex{8}", "\"ts\" hex{8}", 10, 14, "")]
    [InlineData("\"tst_\" hex{8}", "\"t\" base62{2}", 10, 14, "nothing to search for")]
    [InlineData("\"tst_\" hex{8}", "\"tst_\" hexx{8}", 10, 14, "no alphabet")]
    [InlineData("\"tst_\" hex{8}", "\"tst_\" hex{8,99999}", 10, 14, "length")]
    [InlineData("\"tst_\" hex{8}", "\"tst_\" hex{2,8} \"aa\"", 10, 14, "continues its alphabet")]
    [InlineData("\"tst_\" hex{8}", "\"tst_\" hex{8", 10, 14, "length")]
    [InlineData("\"tst_\" hex{8}", "\"tst_", 10, 14, "double quotes")]
    [InlineData("tst_short", "tst_0a1b2c3e", 4, 5, "matches its counter-example 1")]
    [InlineData("0a1b2c3d", "0a1b2c3", 4, 5, "does not match its example 1")]
    [InlineData("    shape:", "    shapes:", 9, 5, "unknown key 'shapes'")]
    [InlineData("    shape:\n", "    regex: { match: 'tst_', literals: [tst_] }\n    shape:\n", 4, 5, "exactly one of")]
    [InlineData("hex{8}'", "hex{8}'\n      check: crc33", 11, 14, "'check' must be one of: crc32-base62, ")]
    [InlineData("hex{8}'", "hex{8}'\n      min_entropy: 9", 11, 20, "from 0 to 8")]
    [InlineData("family: test", "family: &a test", 1, 9, "anchors")]
    [InlineData("family: test", "family: !x test", 1, 9, "tags")]
    [InlineData("family: test", "family: {test", 1, 9, "not valid YAML")]
    [InlineData("family: test", "family: *x", 1, 9, "aliases")]
    [InlineData("family: test", "family: test\nlong\u0007: 1", 2, 1, "unknown key 'long?'")]
    public void What_is_wrong_is_said_with_its_place(string good, string bad, int line, int column, string message)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var compiled = RuleCompiler.Compile(Good.Replace(good, bad, StringComparison.Ordinal), "bad.yaml");
        if (message.Length == 0)
        {
            // Two bytes are too few to search for, but the run behind them is long enough.
            Assert.All(compiled.Errors, e => Assert.Contains("example", e.Message, StringComparison.Ordinal));
            return;
        }

        Assert.Null(compiled.Table);
        Assert.Contains(compiled.Errors, e => (e.Line, e.Column) == (line, column) && e.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var bad = Good.Replace("severity: high", "severity: x", StringComparison.Ordinal).Replace("core", "x", StringComparison.Ordinal)
            .Replace("confidence: high", "confidence: certain", StringComparison.Ordinal);
        Assert.Equal(2, RuleCompiler.Compile(bad, "bad.yaml").Errors.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("rules: 3")]
    [InlineData("family: a\n---\nfamily: b")]
    [InlineData("family: a\nrules:\n  - 1")]
    [InlineData("family: a\nrules:\n  - *x")]
    [InlineData("a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    public void A_file_of_another_shape_is_refused(string text) =>
        Assert.NotEmpty(RuleCompiler.Compile(text, "x.yaml").Errors);

    [Fact]
    public void A_file_beyond_the_bound_is_not_read() =>
        Assert.Contains("longer than", Assert.Single(RuleCompiler.Compile(new string('[', (1 << 20) + 1), "x.yaml").Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void An_error_never_quotes_an_example()
    {
        var bad = Good.Replace("0a1b2c3d", "zzverysecretzz", StringComparison.Ordinal);
        Assert.All(RuleCompiler.Compile(bad, "x.yaml").Errors, e => Assert.DoesNotContain("verysecret", e.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_error_has_the_form_that_compilers_print() =>
        Assert.Equal("a.yaml(3,7): error RULE: no", new RuleError("a.yaml", 3, 7, "no").ToString());

    [Fact]
    public void A_bundle_adds_rules_and_never_replaces_one()
    {
        var bundle = RuleCompiler.Compile(Good, "good.yaml").Table!;
        var both = RuleTable.Load().With(bundle);
        Assert.Equal(RuleTable.Load().Rules.Count + 1, both.Rules.Count);
        Assert.Equal(["tst_0a1b2c3d"], RuleText.Matches(both.Secrets, "x tst_0a1b2c3d"));
        Assert.Throws<ArgumentException>(() => both.With(bundle));
    }

    [Fact]
    public void Core_rules_cannot_be_taken_out()
    {
        var ids = RuleTable.Load().Rules.Select(r => r.Id).ToHashSet();
        var left = RuleTable.Load().Without(ids);
        Assert.NotEmpty(left.Rules);
        Assert.All(left.Rules, r => Assert.True(r.Core));
    }

    [Fact]
    public void A_table_survives_being_written_and_read()
    {
        using var stream = new MemoryStream();
        RuleCompiler.Compile(Good, "good.yaml").Table!.Write(stream);
        stream.Position = 0;
        Assert.Equal(["tst_0a1b2c3d"], RuleText.Matches(RuleTable.Read(stream).Secrets, "tst_0a1b2c3d"));
    }

    [Fact]
    public void A_foreign_table_is_refused() =>
        Assert.Throws<InvalidDataException>(() => RuleTable.Read(new MemoryStream(new byte[64])));
}
