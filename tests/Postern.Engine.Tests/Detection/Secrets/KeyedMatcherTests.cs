using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Tests.Detection.Secrets;

public sealed class KeyedMatcherTests
{
    private const string File = """
        family: test
        category: secret
        rules:
          - id: secret.acme.key
            title: An Acme key
            severity: high
            confidence: medium
            remedy: Do something.
            keyed:
              words: [acme]
              value: ['hex{20}', '"ak_" base62{12}']
              min_entropy: 2.5
            examples:
              - ['ACME_API_KEY=', 0f3d9c58b7, 62a41e07d8]
            counter_examples:
              - 'ACME_API_KEY='
          - id: secret.contoso.credential
            title: A Contoso credential
            severity: high
            confidence: medium
            remedy: Do something.
            keyed:
              words: [bundle__contoso__com]
              alone: true
              value: 'hex{8} ":" hex{8}'
            examples:
              - ['BUNDLE__CONTOSO__COM: ', '0f3d9c58:', b762a41e]
            counter_examples:
              - 'BUNDLE__CONTOSO__COM: on'
        """;

    private const string Hex = "0f3d9c58b762a41e07d8";

    private static readonly RuleTable s_table = Compile();

    [Theory]
    [InlineData("ACME_API_KEY=" + Hex)]
    [InlineData("\"acmeToken\": \"" + Hex + "\"")]
    [InlineData("my_acme_secret := '" + Hex + "'")]
    [InlineData("ACME_TOKEN ::= \"" + Hex + "\"")]
    [InlineData("ACME_TOKEN :::= \"" + Hex + "\"")]
    [InlineData("acme.api.key=" + Hex)]
    [InlineData("--acme-token " + Hex)]
    [InlineData("Acme deploy access token: " + Hex)]
    [InlineData("X-Acme-Key: " + Hex + "\r\n")]
    [InlineData("<acmeKey>" + Hex + "</acmeKey>")]
    [InlineData("SECRET_FOR_ACME=" + Hex)]
    [InlineData("acme_key: ak_q7Zp2LxV9bKd")]
    [InlineData("const acmeApiKey = `" + Hex + "`;")]
    public void A_value_under_a_vendors_secret_name_is_found(string text) => Assert.Equal(["secret.acme.key"], Scan(text));

    [Theory]
    [InlineData("acme_commit_sha: " + Hex)]
    [InlineData("ACME_KEY_ID=" + Hex)]
    [InlineData("acmeKeyId: " + Hex)]
    [InlineData("acme_public_key: " + Hex)]
    [InlineData("acme: " + Hex)]
    [InlineData("acme image " + Hex)]
    [InlineData("pacmekey=" + Hex)]
    [InlineData("ACME_API_KEY == " + Hex)]
    [InlineData("ACME_API_KEY ::== " + Hex)]
    [InlineData("ACME_API_KEY=" + Hex + "9")]
    [InlineData("ACME_API_KEY=" + Hex + "-rc1")]
    [InlineData("ACME_API_KEY=00000000000000000000")]
    [InlineData("acme key rotates while the other three services stay: " + Hex)]
    public void The_same_value_under_any_other_name_is_not(string text) => Assert.Empty(Scan(text));

    [Fact]
    public void A_word_that_says_secret_by_itself_needs_no_other() =>
        Assert.Equal(["secret.contoso.credential"], Scan("BUNDLE__CONTOSO__COM: \"0f3d9c58:b762a41e\""));

    [Theory]
    [InlineData("words: [acme]", "words: [Acme]", "words are lower case")]
    [InlineData("words: [acme]", "words: [ab]", "has 3 to 255 bytes")]
    [InlineData("hex{20}", "hex{2,20} \"a\"", "continues its alphabet")]
    [InlineData("hex{20}", "hexx{20}", "no alphabet")]
    public void What_is_wrong_is_said(string good, string bad, string message) =>
        Assert.Contains(RuleCompiler.Compile(File.Replace(good, bad, StringComparison.Ordinal), "bad.yaml").Errors, e => e.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void A_table_that_was_written_and_read_finds_the_same()
    {
        using var stream = new MemoryStream();
        s_table.Write(stream);
        stream.Position = 0;
        Assert.Equal(["secret.acme.key"], Scan("ACME_API_KEY=" + Hex, RuleTable.Read(stream)));
    }

    private static RuleTable Compile()
    {
        var compiled = RuleCompiler.Compile(File, "keyed.yaml");
        Assert.Empty(compiled.Errors);
        return compiled.Table!;
    }

    private static string[] Scan(string text) => Scan(text, s_table);

    private static string[] Scan(string text, RuleTable table)
    {
        var hits = new HitList();
        table.Secrets.Scan(Encoding.UTF8.GetBytes(text), hits);
        return [.. Enumerable.Range(0, hits.Count).Select(i => hits[i].Rule.Id)];
    }
}
