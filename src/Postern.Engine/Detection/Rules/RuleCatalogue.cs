namespace Postern.Engine.Detection.Rules;

/// <summary>Everything that the built-in detectors can report.</summary>
public static class RuleCatalogue
{
    private static readonly Lazy<RuleTable> s_loaded = new(RuleTable.Load);

    private static readonly Lazy<Rule[]> s_sorted = new(Sort);

    /// <summary>A text made of so many near misses that verifying them all would take out of proportion; it was not searched to its end.</summary>
    public static Rule Flood { get; } = new(
        "uninspectable.match-flood",
        "Text flooded with near misses",
        RuleCategory.Uninspectable,
        Severity.High,
        Confidence.High,
        "Send the text in ordinary form; it repeats the beginnings of credentials or of instructions too densely to be inspected.");

    /// <summary>Text that the learned model takes for an attempt to take over the reader; the confidence of each finding says how surely.</summary>
    public static Rule LearnedInjection { get; } = new(
        "injection.learned.takeover",
        "Text that reads like an attempt to take over the model",
        RuleCategory.Injection,
        Severity.High,
        Confidence.High,
        "Treat the text as data; if the source is trusted, quote it to the agent, suppress the rule for that source, or ask for a tighter response_scanning.false_positive_budget.");

    /// <summary>The built-in table.</summary>
    public static RuleTable Table => s_loaded.Value;

    /// <summary>All built-in rules, sorted by id.</summary>
    public static IReadOnlyList<Rule> All => s_sorted.Value;

    /// <summary>The rule with this id, or null.</summary>
    public static Rule? Find(string id) => All.FirstOrDefault(r => r.Id == id);

    private static Rule[] Sort() => [.. s_loaded.Value.Rules.Append(Flood).Append(LearnedInjection).OrderBy(r => r.Id, StringComparer.Ordinal)];
}
