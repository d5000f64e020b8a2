using Postern.Engine.Detection;
using Postern.Engine.Flow;

namespace Postern.Program.Judging;

/// <summary>The engine's enumerations as results print them.</summary>
internal static class Words
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.High => "high",
        Severity.Medium => "medium",
        _ => "low",
    };

    public static string Of(Confidence confidence) => confidence switch
    {
        Confidence.Certain => "certain",
        Confidence.High => "high",
        Confidence.Medium => "medium",
        _ => "low",
    };

    public static string Of(Direction direction) => direction == Direction.Inbound ? "in" : "out";

    public static string Of(RuleCategory category) => category switch
    {
        RuleCategory.Secret => "secret",
        RuleCategory.Injection => "injection",
        RuleCategory.Destination => "destination",
        RuleCategory.Protocol => "protocol",
        RuleCategory.Uninspectable => "uninspectable",
        RuleCategory.Budget => "budget",
        _ => "operation",
    };

    public static string Of(Acceptance acceptance) => acceptance switch
    {
        Acceptance.ByOperator => "suppressed",
        Acceptance.AtHome => "at home",
        _ => "",
    };
}
