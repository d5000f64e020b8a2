using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Monitoring.Adaptive;

/// <summary>What a message says about its session.</summary>
internal static class Signal
{
    private const int Block = 3;
    private const int Strip = 2;
    private const int Anomaly = 2;
    private const int NearMiss = 1;

    /// <summary>Points of the worst that was found: ten findings in one message are one attempt.</summary>
    public static int PointsOf(scoped in Observation observation)
    {
        var points = 0;
        foreach (var finding in observation.Found)
        {
            points = Math.Max(points, PointsOf(observation, finding));
        }

        return points;
    }

    /// <summary>
    /// True when the message says nothing about what its session is up to: the network failed, a budget was used up, the other side
    /// broke a protocol, Postern could not work. Retrying after any of these must not look like an attack.
    /// </summary>
    public static bool IsNeutral(scoped in Observation observation)
    {
        foreach (var finding in observation.Found)
        {
            if (CostOf(observation, finding) < Effect.Allow && IsNeutral(observation.Message.Direction, finding.Rule))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for what passes and says more than a hint.</summary>
    public static bool IsNearMiss(scoped in Observation observation, Finding finding) =>
        CostOf(observation, finding) == Effect.Allow && Says(finding) && (finding.Rule.Severity >= Severity.High || (finding.Rule.Severity >= Severity.Medium && finding.Confidence >= Confidence.Medium));

    private static int PointsOf(scoped in Observation observation, Finding finding) =>
        finding.Acceptance == Acceptance.Edited ? Strip
        : !Says(finding) || IsNeutral(observation.Message.Direction, finding.Rule) ? 0
        : CostOf(observation, finding) == Effect.Deny ? Block
        : finding.Rule.Id == ProfileRules.DomainBurst.Id || finding.Rule.Id == ProfileRules.VolumeSpike.Id || finding.Rule.Id == SequenceRules.EntropyBudget.Id ? Anomaly
        : finding.Rule.Id == SequenceRules.SplitSecret.Id ? Block
        : CostOf(observation, finding) != Effect.Allow || IsNearMiss(observation, finding) ? NearMiss
        : 0;

    private static Effect CostOf(scoped in Observation observation, Finding finding) => Judge.CostOf(observation.Policy, observation.Message.Direction, finding);

    private static bool Says(Finding finding) => finding.Acceptance == Acceptance.None && finding.Rule.Category is not (RuleCategory.Budget or RuleCategory.Operation);

    private static bool IsNeutral(Direction direction, Rule rule) => rule.Category switch
    {
        RuleCategory.Budget or RuleCategory.Operation => true,
        RuleCategory.Protocol or RuleCategory.Uninspectable => direction == Direction.Inbound,
        _ => rule == UrlRules.Unresolvable,
    };
}
