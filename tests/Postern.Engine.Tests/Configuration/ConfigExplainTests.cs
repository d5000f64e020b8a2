using Postern.Engine.Configuration;

namespace Postern.Engine.Tests.Configuration;

public sealed class ConfigExplainTests
{
    [Fact]
    public void Tells_everything_about_a_key()
    {
        var loaded = ConfigReader.Read("forward_proxy:\n  max_tunnel_seconds: 60\n", "postern.yaml");
        Assert.Equal(
            """
            forward_proxy.max_tunnel_seconds
              How long one tunnel may live. An hour lets a large download or clone end; a tunnel that is not intercepted is the one place where content passes unread.
              type: whole number, in seconds
              accepted: 1 to 604800; 0 = unlimited
              default: 3600
              value: 60 (postern.yaml:2)
              caution: a higher value weakens protection; 0 (unlimited) counts as the highest
              reload: takes effect at the next start
              example:
                forward_proxy:
                  max_tunnel_seconds: 3600
            """.ReplaceLineEndings("\n"),
            ConfigExplain.Find("forward_proxy.max_tunnel_seconds", loaded)!.ToString());
    }

    [Fact]
    public void Says_that_a_value_is_the_default()
    {
        var explanation = ConfigExplain.Find("metrics_listen", ConfigReader.Read("{}", "postern.yaml"))!;
        Assert.Equal(("\"\"", "default", true), (explanation.Value, explanation.Source, explanation.NeedsRestart));
    }

    [Fact]
    public void Never_shows_a_secret()
    {
        var loaded = ConfigReader.Read("scan_api: { auth: { bearer_tokens: [planted-token-one-111] } }", "f");
        var explanation = ConfigExplain.Find("scan_api.auth.bearer_tokens", loaded)!;
        Assert.Equal("[(secret)]", explanation.Value);
        Assert.DoesNotContain("planted", explanation.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dlp.patterns[].regex", "dlp:\n  patterns:\n    - regex: \"acme-[0-9a-f]{32}\"")]
    [InlineData("suppress", "suppress:\n  - rule: \"secret.example.*\"\n    path: \"https://docs.example.com/*\"")]
    [InlineData("scan_api.auth", "scan_api:\n  auth:\n    bearer_tokens: [\"(at least 16 random characters)\"]")]
    [InlineData("enforce", "enforce: true")]
    public void Gives_an_example(string key, string example) => Assert.Equal(example, ConfigExplain.Find(key)!.Example);

    [Theory]
    [InlineData("dlp.include_defualts", "did you mean 'dlp.include_defaults'?")]
    [InlineData("max_tunnels", "did you mean 'forward_proxy.max_tunnels'?")]
    [InlineData("git_protection", "not built yet")]
    [InlineData("dlp.action", "request_body_scanning.action")]
    public void Suggests_a_key_for_one_that_does_not_exist(string key, string suggestion)
    {
        Assert.Null(ConfigExplain.Find(key));
        Assert.Contains(suggestion, ConfigExplain.Suggest(key)!, StringComparison.Ordinal);
    }

    [Fact]
    public void Suggests_nothing_for_nonsense() => Assert.Null(ConfigExplain.Suggest("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"));
}
