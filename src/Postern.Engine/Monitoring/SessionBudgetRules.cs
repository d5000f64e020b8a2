using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring;

/// <summary>What a session used up.</summary>
internal static class SessionBudgetRules
{
    public static readonly Rule Requests = Of("requests", "This session has sent its requests", "budget.max_requests_per_session");

    public static readonly Rule Bytes = Of("bytes", "This session has moved its bytes", "budget.max_bytes_per_session");

    public static readonly Rule Domains = Of("domains", "This session has used its domains", "budget.max_unique_domains_per_session");

    public static IEnumerable<Rule> All => [Requests, Bytes, Domains];

    private static Rule Of(string name, string title, string key) =>
        new("session.budget." + name, title, RuleCategory.Budget, Severity.Medium, Confidence.Certain, $"Wait until the window has moved on, or raise {key}.");
}
