using Postern.Engine.Tests.Detection.Rules;

namespace Postern.Engine.Tests.Detection.Secrets;

public sealed class AssignmentMatcherTests
{
    private const string Value = "x8Kq2Lw9Rt4z";

    private static readonly string s_file = RuleText.File(
        "    assignment: { words: [secret, pwd], unless_before: [public], unless_after: [name, url], value: 'printable{8,40}' }", $"secret = {Value}");

    [Theory]
    [InlineData("secret=V")]
    [InlineData("secret = \"V\"")]
    [InlineData("\"secret\": \"V\"")]
    [InlineData("'secret' => 'V'")]
    [InlineData("secret := `V`")]
    [InlineData("mysecret: V")]
    [InlineData("MY_SECRET=V\n")]
    [InlineData("<secret>V</secret>")]
    [InlineData("?a=1&secret=V&b=2")]
    [InlineData("{\\\"secret\\\":\\\"V\\\"}")]
    [InlineData("run --secret V --now")]
    [InlineData("config['secret'] = 'V';")]
    [InlineData("db_pwd=V")]
    [InlineData("dbPwd=V")]
    [InlineData("pwd ?= V")]
    [InlineData("secret ::= V")]
    [InlineData("secret_for_staging = V")]
    [InlineData("secrets: V")]
    [InlineData("secret2 = 'V'")]
    [InlineData("secret \"V\"")]
    [InlineData("var secret string = \"V\"")]
    [InlineData("const secret: string = 'V';")]
    [InlineData("secret += \"V\"")]
    [InlineData("secret = b\"V\"")]
    [InlineData("secret = @\"V\";")]
    [InlineData("secret={\"V\"}")]
    [InlineData("secret: !!binary V")]
    [InlineData("env.SECRET || \"V\"")]
    [InlineData("env.SECRET ?? 'V'")]
    [InlineData("getenv(\"app_secret\", \"V\")")]
    [InlineData("define('APP_SECRET', 'V');")]
    [InlineData("withSecret(\"V\")")]
    [InlineData("- name: APP_SECRET\n  value: V\n")]
    [InlineData("{\"name\": \"APP_SECRET\", \"value\": \"V\"}")]
    [InlineData("<add key=\"AppSecret\" value=\"V\" />")]
    [InlineData("<Secret encoding=\"raw\">V</Secret>")]
    [InlineData("public const string AppSecret = \"V\";")]
    public void The_value_is_found_however_it_is_written(string text) =>
        Assert.Equal([Value], RuleText.Matches(s_file, text.Replace("V", Value, StringComparison.Ordinal)));

    [Theory]
    [InlineData("secret V")]
    [InlineData("secretName = V")]
    [InlineData("secret_url_2 = V")]
    [InlineData("(\"user\", \"secret\", \"V\")")]
    [InlineData("f(\"app_secret\", V)")]
    [InlineData("env.SECRET || V")]
    [InlineData("secret = /etc/keys/app2")]
    [InlineData("{\"app_secret\", \"V\": 1}")]
    [InlineData("secret == V")]
    [InlineData("secret::V")]
    [InlineData("secret_name=V")]
    [InlineData("secretary=V")]
    [InlineData("public_secret=V")]
    [InlineData("xpwd=V")]
    [InlineData("secret=$V")]
    [InlineData("secret=V(arguments)")]
    [InlineData("secret=config.values.secretName")]
    [InlineData("secret=<V>")]
    [InlineData("secret=\"V")]
    [InlineData("secret=short")]
    [InlineData("secret: ********")]
    [InlineData("secret\n=\nV")]
    public void What_is_no_assigned_value_is_left_alone(string text) =>
        Assert.Empty(RuleText.Matches(s_file, text.Replace("V", Value, StringComparison.Ordinal)));

    [Theory]
    [InlineData("acme is configured with V here", true)]
    [InlineData("acme is configured far away from where the key stands, V", false)]
    public void Near_a_word_the_first_fitting_run_is_the_value(string text, bool found)
    {
        var file = RuleText.File("    assignment: { words: [acme], near: 30, value: 'base62{12}' }", $"acme {Value}");
        Assert.Equal(found, RuleText.Matches(file, text.Replace("V", Value, StringComparison.Ordinal)).Length == 1);
    }

    [Theory]
    [InlineData("the secret is V", true)]
    [InlineData("our secret for the staging database has now been set to `V`.", true)]
    [InlineData("the secret (V) is old", true)]
    [InlineData("| secret | V |", true)]
    [InlineData("secret -> V", true)]
    [InlineData("secret là V", true)]
    [InlineData("secret是V。", true)]
    [InlineData("secret is: \"V\"", true)]
    [InlineData("the secret V is long and drawn", false)]
    [InlineData("the public secret is V", false)]
    [InlineData("the secret is safe. V is a name", false)]
    [InlineData("the secret rests with nobody who is V", false)]
    [InlineData("secret\nV", false)]
    public void A_sentence_tells_it(string text, bool found)
    {
        var file = RuleText.File("    assignment: { told: true, words: [secret], unless_before: [public], value: 'printable{8,40}' }", $"secret is {Value}");
        Assert.Equal(found ? [Value] : [], RuleText.Matches(file, text.Replace("V", Value, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("use the secret kQ7xT2mZ9bLw4Rv8Jd3s now", true)]
    [InlineData("use the secret 5f0c3a77e19d42b8a6c1d94e now", false)]
    [InlineData("use the secret kQ7xT2mZ9bLw now", false)]
    public void Without_a_verb_only_what_is_drawn_by_lot_is_a_value(string text, bool found)
    {
        var file = RuleText.File("    assignment: { told: true, words: [secret], value: 'base62{8,40}' }", $"secret is {Value}");
        Assert.Equal(found ? 1 : 0, RuleText.Matches(file, text).Length);
    }

    [Fact]
    public void A_generic_match_gives_way_to_a_specific_one()
    {
        var hits = new Postern.Engine.Detection.HitList();
        var key = RuleFiles.Find("secret.anthropic.api-key").Examples[0];
        Postern.Engine.Detection.Rules.RuleCatalogue.Table.Secrets.Scan(System.Text.Encoding.UTF8.GetBytes($"api_key = \"{key}\""), hits);
        Assert.Equal("secret.anthropic.api-key", Assert.Single(Enumerable.Range(0, hits.Count).Select(i => hits[i].Rule.Id)));
    }
}
