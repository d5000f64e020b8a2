using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Policy;

public sealed class JudgeTests
{
    private static readonly SecurityPolicy s_usual = PolicyCompiler.Compile(ConfigReader.Read("", "test.yaml").Config!).Policy!;

    [Theory]
    [InlineData(Effect.Allow, true, Effect.Allow, true)]
    [InlineData(Effect.Redact, true, Effect.Redact, true)]
    [InlineData(Effect.Ask, true, Effect.Ask, true)]
    [InlineData(Effect.Deny, true, Effect.Deny, true)]
    [InlineData(Effect.Allow, false, Effect.Deny, false)]
    [InlineData(Effect.Redact, false, Effect.Deny, true)]
    [InlineData(Effect.Ask, false, Effect.Deny, true)]
    [InlineData(Effect.Deny, false, Effect.Deny, true)]
    public void Without_a_grant_nothing_passes_and_nobody_is_asked(Effect cost, bool isGranted, Effect effect, bool isDecisive)
    {
        var verdict = Judge.Decide(PolicyOf(cost), Direction.Outbound, [Found()], isGranted ? new Grant("mode") : Grant.None);

        Assert.Equal((effect, isDecisive), (verdict.Effect, verdict.Decisive is not null));
        Assert.Equal(isGranted && effect != Effect.Deny, verdict.Grant.IsGiven);
    }

    [Theory]
    [InlineData(true, Effect.Allow)]
    [InlineData(false, Effect.Deny)]
    public void Observing_overlooks_findings_and_never_a_missing_grant(bool isGranted, Effect effect)
    {
        var policy = PolicyOf(Effect.Deny, enforce: false);
        Assert.Equal(effect, Judge.Decide(policy, Direction.Outbound, [Found()], isGranted ? new Grant("mode") : Grant.None).Effect);
    }

    [Fact]
    public void Nothing_found_and_nothing_granted_is_a_refusal_without_a_finding() =>
        Assert.Equal(new Verdict(Effect.Deny, null, Grant.None, null), Judge.Decide(PolicyOf(Effect.Allow), Direction.Outbound, [], Grant.None));

    private static Finding Found() =>
        new(new Rule("secret.test.key", "Test key", RuleCategory.Secret, Severity.High, Confidence.High, "Remove it."), Confidence.High, "body", "raw", 0, 4, "0011");

    private static SecurityPolicy PolicyOf(Effect cost, bool enforce = true) => new()
    {
        Mode = s_usual.Mode,
        Enforce = enforce,
        Effects = new EffectTable().Set(RuleCategory.Secret, Direction.Outbound, Floor.Any, cost),
        Destination = s_usual.Destination,
        Passthrough = s_usual.Passthrough,
        Detectors = s_usual.Detectors,
        Monitors = s_usual.Monitors,
        Views = s_usual.Views,
        Flow = s_usual.Flow,
        Suppressions = s_usual.Suppressions,
        Redaction = s_usual.Redaction,
        CredentialHeaders = s_usual.CredentialHeaders,
    };
}
