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
        { Category: RuleCategory.Operation } rule => rule == OperationRules.NoGrant || rule == OperationRules.NotApproved ? RefusalKind.Policy : RefusalKind.Unavailable,
        { Category: RuleCategory.Protocol } => direction == Direction.Outbound ? RefusalKind.Malformed : RefusalKind.Upstream,
        _ => RefusalKind.Policy,
    };
}
