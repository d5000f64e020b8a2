using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring;

/// <summary>Rules about what only several messages together show.</summary>
internal static class SequenceRules
{
    /// <summary>A secret cut over messages.</summary>
    public static readonly Rule SplitSecret = new(
        "secret.split-over-messages",
        "Secret cut over several messages",
        RuleCategory.Secret,
        Severity.Critical,
        Confidence.High,
        "The pieces that were sent before have left: change the secret, and find out what told the agent to cut it up.");

    /// <summary>More that looks drawn by lot than one agent may send.</summary>
    public static readonly Rule EntropyBudget = new(
        "secret.entropy-budget",
        "More random-looking data than one agent may send",
        RuleCategory.Secret,
        Severity.High,
        Confidence.Medium,
        "If the uploads are meant, add the domain to cross_request_detection.entropy_budget.exempt_domains, or raise bits_per_window.");

    /// <summary>All of them.</summary>
    public static IEnumerable<Rule> All => [SplitSecret, EntropyBudget];

    /// <summary>The same rule as a hint, which is recorded and never refuses.</summary>
    public static Rule AsHint(Rule rule) => rule with { Severity = Severity.Low, Confidence = Confidence.Low };
}
