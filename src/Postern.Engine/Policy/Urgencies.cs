using Postern.Engine.Detection;

namespace Postern.Engine.Policy;

/// <summary>The one place that says how urgent a decision is.</summary>
public static class Urgencies
{
    /// <summary>Of a ruling.</summary>
    /// <param name="effect">What was decided.</param>
    /// <param name="observed">What enforcing would have decided; null when that is what happened.</param>
    /// <param name="isGrave">True when one of its findings is grave.</param>
    public static Urgency Of(Effect effect, Effect? observed, bool isGrave) => effect switch
    {
        Effect.Allow => observed is null ? Urgency.Info : Urgency.Warn,
        Effect.Deny when isGrave => Urgency.Critical,
        _ => Urgency.Warn,
    };

    /// <summary>True for a rule whose refusal somebody should see at once: critical ones, what calls add up to, and Postern's own failures.</summary>
    public static bool IsGrave(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Severity == Severity.Critical || rule.Category is RuleCategory.Session or RuleCategory.Operation;
    }

    /// <summary><c>info</c>, <c>warn</c> or <c>critical</c>, as sinks and configuration name it.</summary>
    public static string NameOf(Urgency urgency) => EnumWords<Urgency>.Of(urgency);
}
