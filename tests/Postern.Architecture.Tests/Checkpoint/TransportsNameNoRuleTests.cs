using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

public sealed class TransportsNameNoRuleTests
{
    private static readonly TransportsNameNoRule s_check = new();

    [Fact]
    public void Transports_name_no_detector_severity_or_rule() => Guard.Holds(s_check, SourceTree.Product);

    [Theory]
    [InlineData("class X { bool Y(Finding f) => f.Rule.Severity > 2; }")]
    [InlineData("class X { void Y(Confidence c) { } }")]
    [InlineData("class X { object Y() => new ShapeDetector(); }")]
    [InlineData("class X { IDetector _d; }")]
    [InlineData("class X { object Y() => RuleCategory.Secret; }")]
    [InlineData("class X { bool Y(Rule rule) => rule == OperationRules.Halted; }")]
    [InlineData("class X { object Y() => UrlRules.TooLong; }")]
    [InlineData("class X { bool Y(string id) => id == \"secret.aws.access-key-id\"; }")]
    [InlineData("class X { bool Y(string id) => id == @\"protocol.smuggling\"; }")]
    [InlineData("class X { bool Y(string id) => id is \"\"\"budget.rate\"\"\"; }")]
    [InlineData("class X { bool Y(ReadOnlySpan<byte> id) => id.SequenceEqual(\"operation.halted\"u8); }")]
    [InlineData("class X { string Y(string id) => $\"injection.{id}\"; }")]
    [InlineData("class X { string Y(int id) => $\"injection.n{id}\"; }")]
    public void Catches_a_rule_in_a_transport(string code)
    {
        Guard.Catches(s_check, "src/Postern.Transports/Http/X.cs", code);
        Guard.Passes(s_check, "src/Postern.Engine/Policy/X.cs", code);
    }

    [Theory]
    [InlineData("class X { string Y() => \"The secret. is safe\"; }")]
    [InlineData("class X { string Y() => \"protocol\"; }")]
    [InlineData("class X { long Y(ServiceFacts facts) => facts.Rules; bool Z(string name) => HeaderRules.StaysBehind(name); }")]
    [InlineData("/// <summary>Severity and secret.aws in a comment.</summary>\nclass X { }")]
    public void Prose_is_no_rule(string code) => Guard.Passes(s_check, "src/Postern.Transports/Http/X.cs", code);
}
