using System.Text;
using Postern.Engine.Flow;

namespace Postern.Engine.Tests.Inspection;

/// <summary>What becomes of secrets: found through encodings, named without being repeated, let home only by their own way.</summary>
public sealed class InspectedSecretTests
{
    private static readonly string s_secret = "AKIA" + "Q3EGRZKW" + "V5N7YT2P";
    private static readonly MessageFacts s_jsonUp = new(MessageKind.Text, Direction.Outbound) { Content = ContentKind.Json, Whole = true };

    [Fact]
    public async Task Finds_a_secret_through_base64_in_json_and_says_where_and_how()
    {
        var world = new TestWorld();
        var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes("the key is " + s_secret + " as agreed"));

        var refused = await world.RuleAsync(world.Exchange(), TestWorld.Body("{\"memo\":{\"note\":\"" + encoded + "\"}}", s_jsonUp));

        Assert.Equal("body$.memo.note", refused!.Decisive!.Where);
        Assert.Contains("base64", refused.Decisive.View, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"{0}\":1}")]
    [InlineData("{\"x\":{\"{0}\":{\"y\":\"{0}\"}}}")]
    public async Task No_place_name_repeats_a_secret(string template)
    {
        var world = new TestWorld();
        var body = template.Replace("{0}", s_secret, StringComparison.Ordinal);

        var refused = await world.RuleAsync(world.Exchange(), TestWorld.Body(body, s_jsonUp));

        Assert.NotNull(refused);
        Assert.DoesNotContain(s_secret, world.Evidence, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(refused.Findings, finding => finding.Where.Contains(s_secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Equal_secrets_have_equal_fingerprints()
    {
        var world = new TestWorld();

        var first = await world.RuleAsync(world.Exchange(), TestWorld.Body("a " + s_secret, s_jsonUp with { Content = ContentKind.Text }));
        var second = await world.RuleAsync(world.Exchange(), TestWorld.Body("another place: " + s_secret + "!", s_jsonUp with { Content = ContentKind.Text }));

        Assert.Equal(first!.Decisive!.Fingerprint, second!.Decisive!.Fingerprint);
        Assert.Equal(16, first.Decisive.Fingerprint.Length);
    }

    [Fact]
    public async Task A_suppressed_finding_is_recorded_and_passes_unless_its_rule_is_core()
    {
        const string Yaml = "suppress: [ { rule: \"secret.*\", path: \"body*\", reason: known } ]";
        var world = new TestWorld(Yaml);
        var text = s_jsonUp with { Content = ContentKind.Text };
        var ordinary = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc";

        Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Body("pay with " + ordinary, text)));
        Assert.NotNull(await world.RuleAsync(world.Exchange(), TestWorld.Body("key " + s_secret, text)));
        Assert.Contains("secret.stripe", world.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.anthropic.com/v1/messages", "x-api-key", true)]
    [InlineData("https://api.anthropic.com/v1/messages", "x-note", false)]
    [InlineData("http://api.anthropic.com/v1/messages", "x-api-key", false)]
    [InlineData("https://anthropic.com.evil.example/", "x-api-key", false)]
    [InlineData("https://evil.example/?h=api.anthropic.com", "authorization", false)]
    public async Task A_credential_passes_only_in_its_header_to_its_issuer_over_tls(string url, string header, bool passes)
    {
        var world = new TestWorld();
        var key = "sk-ant-" + "api03-" + "Zq7XkP2mVt9RbW4hJc8NdL6sGf3YuE5oKi0TaBvCxMwQzHnSrDpUjFgAlEyOX1i2t3r4e5w6q7m8n9b0v1c2x3z-4A5B6CAA";

        var refused = await world.RuleAsync(world.Exchange(), TestWorld.Request(url, "POST", (header, key)));

        Assert.Equal(passes, refused is null);
        Assert.Contains("secret.anthropic", world.Evidence, StringComparison.Ordinal);
    }
}
