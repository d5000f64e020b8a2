using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Policy;

public sealed class VerdictNamesTests
{
    [Theory]
    [InlineData(Effect.Allow, false, "allow")]
    [InlineData(Effect.Allow, true, "warn")]
    [InlineData(Effect.Redact, true, "redact")]
    [InlineData(Effect.Ask, true, "ask")]
    [InlineData(Effect.Deny, true, "block")]
    [InlineData(Effect.Deny, false, "block")]
    [InlineData((Effect)99, false, "block")]
    public void A_verdict_has_one_name(Effect effect, bool isFound, string name) => Assert.Equal(name, VerdictNames.Of(effect, isFound));

    [Theory]
    [InlineData(true, "allow")]
    [InlineData(false, "deny")]
    public void The_scan_api_knows_two_words(bool passes, string word) => Assert.Equal(word, VerdictNames.DecisionOf(passes));

    [Fact]
    public void Words_that_records_hold_never_change()
    {
        Assert.Equal(["low", "medium", "high", "critical"], Enum.GetValues<Severity>().Select(VerdictNames.Of));
        Assert.Equal(["low", "medium", "high", "certain"], Enum.GetValues<Confidence>().Select(VerdictNames.Of));
        Assert.Equal(["outbound", "inbound"], Enum.GetValues<Direction>().Select(VerdictNames.Of));
    }

    [Fact]
    public void Every_category_and_acceptance_has_its_own_name()
    {
        Assert.Equal(
            ["secret", "injection", "destination", "protocol", "uninspectable", "budget", "tool", "session", "operation"], Enum.GetValues<RuleCategory>().Select(VerdictNames.Of));
        Assert.Equal(["", "suppressed", "at home", "edited"], Enum.GetValues<Acceptance>().Select(VerdictNames.Of));
    }
}
