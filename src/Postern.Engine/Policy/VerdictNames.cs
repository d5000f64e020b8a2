namespace Postern.Engine.Policy;

/// <summary>The one vocabulary of verdicts that people and scripts see: <c>allow</c>, <c>warn</c>, <c>redact</c>, <c>ask</c>, <c>block</c>.</summary>
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

    /// <summary>The name as commands, logs and configuration use it.</summary>
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
    public static string DecisionOf(Effect effect) => effect is Effect.Allow or Effect.Redact ? "allow" : "deny";
}
