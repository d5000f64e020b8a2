using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Obstacles;
using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>From the deciding finding to the sort of refusal.</summary>
internal static class RefusalKinds
{
    public static RefusalKind Of(Finding? decisive, Direction direction) => decisive?.Rule switch
    {
        null => RefusalKind.Policy,
        { Category: RuleCategory.Budget } => RefusalKind.Budget,
        var rule when rule == ObstacleRules.BodyTooLarge && direction == Direction.Outbound => RefusalKind.TooLarge,
        var rule when rule == UrlRules.Unresolvable => RefusalKind.Upstream,
        { Category: RuleCategory.Operation } rule => OfOperation(rule),
        { Category: RuleCategory.Protocol } => direction == Direction.Outbound ? RefusalKind.Malformed : RefusalKind.Upstream,
        _ => RefusalKind.Policy,
    };

    private static RefusalKind OfOperation(Rule rule) =>
        rule == OperationRules.NoGrant ? RefusalKind.Policy
        : rule == OperationRules.UnknownAgent ? RefusalKind.Unidentified
        : rule == OperationRules.NotApproved ? RefusalKind.NotApproved
        : rule == OperationRules.Halted || rule == OperationRules.Terminated ? RefusalKind.Halted
        : rule == OperationRules.EvidenceLost ? RefusalKind.EvidenceLost
        : rule == OperationRules.Cancelled ? RefusalKind.Cancelled
        : RefusalKind.Unavailable;
}
