using Postern.Engine.Detection;

namespace Postern.Engine.Editing;

/// <summary>Which classes of values may be replaced by placeholders. What is in no class of the scope is refused as before.</summary>
/// <param name="classes">Names of classes, each standing for those that continue it after a hyphen too; empty for all.</param>
public sealed class RedactionScope(IReadOnlyList<string> classes)
{
    /// <summary>Every class.</summary>
    public static RedactionScope All { get; } = new([]);

    /// <summary>The class of what a rule finds: its id without the category, dots as hyphens, such as <c>aws-access-key-id</c>.</summary>
    public static string ClassOf(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return ClassOf(rule.Id);
    }

    /// <summary>True when a class written in a configuration means that of a rule with this id.</summary>
    internal static bool Means(string written, string ruleId)
    {
        var own = ClassOf(ruleId);
        return own.StartsWith(written, StringComparison.Ordinal) && (own.Length == written.Length || own[written.Length] == '-');
    }

    /// <summary>True when values of this class may be replaced.</summary>
    public bool Covers(Rule rule) => classes.Count == 0 || classes.Any(written => Means(written, rule.Id));

    private static string ClassOf(string ruleId) => ruleId[(ruleId.IndexOf('.', StringComparison.Ordinal) + 1)..].Replace('.', '-');
}
