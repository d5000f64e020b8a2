using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Detection.Known;

/// <summary>A canary that leaves refuses, whatever else is configured.</summary>
public sealed class CanaryTests
{
    private const string Value = "plant-7Fq2Zx9Lm4";

    private const string Tokens = "canary_tokens: { enabled: true, tokens: [{ name: backup-notes, value: " + Value + " }] }\n";

    [Theory]
    [InlineData("")]
    [InlineData("suppress: [{ rule: 'secret.bitcoin.*', path: 'body*' }]")]
    [InlineData("request_body_scanning: { action: warn }")]
    [InlineData("request_body_scanning: { enabled: false }")]
    [InlineData("mode: audit")]
    [InlineData("dlp: { include_defaults: false }")]
    public async Task It_refuses_whatever_else_is_configured(string yaml)
    {
        var world = new OwnWorld([], Tokens + yaml);

        var found = Assert.Single(await world.FindAsync("notes: " + Value));

        Assert.Equal(("secret.canary.backup-notes", Severity.Critical, Confidence.Certain), (found.Rule.Id, found.Rule.Severity, found.Confidence));
    }

    [Theory]
    [InlineData("GET", "https://a.example/?n=" + Value)]
    [InlineData("GET", "https://a.example/p/l/a/n/t-7Fq2Zx9Lm4")]
    [InlineData("GET", "https://plant-7Fq2Zx9Lm4.a.example/")]
    [InlineData("POST", "https://a.example/cGxhbnQtN0ZxMlp4OUxtNA")]
    public async Task It_leaves_in_no_part_of_a_request(string method, string url)
    {
        var world = new OwnWorld([], Tokens);

        Assert.Contains((await world.SendAsync(TestWorld.Request(url, method)))!.Findings, static finding => finding.Rule.Id == "secret.canary.backup-notes");
    }

    [Fact]
    public async Task Observing_lets_it_pass_and_says_so()
    {
        var world = new OwnWorld([], Tokens + "enforce: false");

        Assert.Empty(await world.FindAsync("notes: " + Value));
        Assert.Contains("secret.canary.backup-notes", world.World.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_canaries_of_one_value_are_an_error()
    {
        var read = ConfigReader.Read(Tokens.Replace("}] }", "}, { name: other, value: " + Value + " }] }", StringComparison.Ordinal), "f");

        Assert.Contains(PolicyCompiler.Compile(read.Config!).Errors, static error => error.Contains("same value", StringComparison.Ordinal));
    }
}
