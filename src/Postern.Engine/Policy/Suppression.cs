namespace Postern.Engine.Policy;

/// <summary>A finding the operator has accepted: recorded, and without cost unless its rule is core.</summary>
/// <param name="RuleId">The rule's id.</param>
/// <param name="Where">The place as findings print it; <c>*</c> at the end matches any rest; empty matches every place.</param>
/// <param name="Reason">Why, for the reader of the evidence.</param>
public sealed record Suppression(string RuleId, string Where, string Reason)
{
    /// <summary>True when this suppression speaks of the rule at the place.</summary>
    public bool Covers(string ruleId, string where) =>
        RuleId == ruleId && (Where.Length == 0 || Where == where ||
            (Where[^1] == '*' && where.AsSpan().StartsWith(Where.AsSpan(0, Where.Length - 1), StringComparison.Ordinal)));
}
