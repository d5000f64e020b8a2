using Postern.Engine.Detection;
using Postern.Engine.Flow;

namespace Postern.Engine.Policy;

/// <summary>
/// The one vocabulary that people and scripts see in commands, logs, metrics and configuration: verdicts are <c>allow</c>,
/// <c>warn</c>, <c>redact</c>, <c>ask</c>, <c>block</c>. Scripts match these words and records hold some of them: never change one.
/// </summary>
public static class VerdictNames
{
    /// <summary>Nothing was found.</summary>
    public const string Allow = "allow";

    /// <summary>Something was found and the judge accepted it.</summary>
    public const string Warn = "warn";

    /// <summary>Edited, then judged again.</summary>
    public const string Redact = "redact";

    /// <summary>Waits for a person; no answer is a refusal.</summary>
    public const string Ask = "ask";

    /// <summary>Refused.</summary>
    public const string Block = "block";

    /// <summary>The verdict as commands, logs and configuration name it.</summary>
    /// <param name="effect">What the judge said.</param>
    /// <param name="isFound">True when there is at least one finding.</param>
    public static string Of(Effect effect, bool isFound) => effect switch
    {
        Effect.Allow => isFound ? Warn : Allow,
        Effect.Redact => Redact,
        Effect.Ask => Ask,
        _ => Block,
    };

    /// <summary>The decision of the Scan API, which knows two words: <c>allow</c> for what passes (findings are listed), else <c>deny</c>.</summary>
    /// <param name="passes">True only when the inspector cleared it.</param>
    public static string DecisionOf(bool passes) => passes ? Allow : "deny";

    /// <summary><c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</summary>
    public static string Of(Severity severity) => EnumWords<Severity>.Of(severity);

    /// <summary><c>low</c>, <c>medium</c>, <c>high</c> or <c>certain</c>.</summary>
    public static string Of(Confidence confidence) => EnumWords<Confidence>.Of(confidence);

    /// <summary><c>inbound</c> or <c>outbound</c>.</summary>
    public static string Of(Direction direction) => EnumWords<Direction>.Of(direction);

    /// <summary>The category's name in rule files and lists, in lower case.</summary>
    public static string Of(RuleCategory category) => EnumWords<RuleCategory>.Of(category);

    /// <summary><c>suppressed</c>, <c>at home</c> or <c>edited</c>; empty for a finding that counts.</summary>
    public static string Of(Acceptance acceptance) => acceptance switch
    {
        Acceptance.ByOperator => "suppressed",
        Acceptance.AtHome => "at home",
        Acceptance.Edited => "edited",
        _ => string.Empty,
    };
}
