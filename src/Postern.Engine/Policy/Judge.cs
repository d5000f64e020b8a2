using Postern.Engine.Detection;
using Postern.Engine.Flow;

namespace Postern.Engine.Policy;

/// <summary>Findings and a grant in, a verdict out. Modes, severities and confidences are weighed here and nowhere else.</summary>
internal static class Judge
{
    /// <summary>Decides. The strongest effect of any finding wins; without a grant nothing passes.</summary>
    public static Verdict Decide(SecurityPolicy policy, Direction direction, ReadOnlySpan<Finding> findings, Grant grant)
    {
        var effect = Effect.Allow;
        Finding? decisive = null;
        foreach (var finding in findings)
        {
            var cost = CostOf(policy, direction, finding);
            if (decisive is null || cost < effect || (cost == effect && finding.Rule.Severity > decisive.Rule.Severity))
            {
                (effect, decisive) = (cost, finding);
            }
        }

        if (!grant.IsGiven)
        {
            // No approval replaces a grant, and what was accepted decided nothing.
            return new Verdict(Effect.Deny, null, Grant.None, effect == Effect.Allow ? null : decisive);
        }

        if (effect < Effect.Allow && !policy.Enforce && OnlyPolicyObjects(policy, direction, findings))
        {
            return new Verdict(Effect.Allow, effect, grant, decisive);
        }

        return new Verdict(effect, null, effect == Effect.Deny ? Grant.None : grant, decisive);
    }

    /// <summary>What one finding costs by itself, enforced.</summary>
    public static Effect CostOf(SecurityPolicy policy, Direction direction, Finding finding)
    {
        switch (finding.Acceptance)
        {
            case Acceptance.AtHome or Acceptance.Edited:
            case Acceptance.ByOperator when !finding.Rule.Core:
                return Effect.Allow;
            default:
                break;
        }

        return finding.Rule.Core && IsGuarded(finding.Rule.Category, direction) && IsCertainEnough(finding)
            ? FloorOf(policy, direction, finding.Rule.Category)
            : policy.Effects[finding.Rule.Category, direction, finding.Rule.Severity, finding.Confidence];
    }

    /// <summary>The floor says that it does not pass. Cut out it does not; nobody can approve it.</summary>
    private static Effect FloorOf(SecurityPolicy policy, Direction direction, RuleCategory category) =>
        policy.Effects[category, direction, Severity.Critical, Confidence.Certain] == Effect.Redact ? Effect.Redact : Effect.Deny;

    /// <summary>True for a finding that the policy wants edited out.</summary>
    public static bool IsToEdit(SecurityPolicy policy, Direction direction, Finding finding) =>
        CostOf(policy, direction, finding) == Effect.Redact;

    /// <summary>The floor holds where the harm is: secrets leaving, hostile text arriving.</summary>
    public static bool IsGuarded(RuleCategory category, Direction direction) => category switch
    {
        RuleCategory.Secret => direction == Direction.Outbound,
        RuleCategory.Injection => direction == Direction.Inbound,
        _ => true,
    };

    /// <summary>A wording is hostile or quoted by its surroundings; the detector weighs them, and says so by its confidence.</summary>
    private static bool IsCertainEnough(Finding finding) => finding.Rule.Category != RuleCategory.Injection || finding.Confidence >= Confidence.High;

    /// <summary>
    /// Observing overlooks what the policy objects to. It cannot overlook what Postern is unable to read or carry: such a
    /// message could not be forwarded as it was inspected.
    /// </summary>
    private static bool OnlyPolicyObjects(SecurityPolicy policy, Direction direction, ReadOnlySpan<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var isOurs = finding.Rule.Category is RuleCategory.Protocol or RuleCategory.Uninspectable or RuleCategory.Operation;
            if (isOurs && CostOf(policy, direction, finding) < Effect.Allow)
            {
                return false;
            }
        }

        return true;
    }
}
