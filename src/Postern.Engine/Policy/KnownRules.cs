using Postern.Engine.A2a;
using Postern.Engine.Agents;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Obstacles;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Engine.Detection.Tools.Own;
using Postern.Engine.Inspection;
using Postern.Engine.Media;
using Postern.Engine.Monitoring;
using Postern.Engine.Monitoring.Adaptive;
using Postern.Engine.Monitoring.Tools.Baseline;
using Postern.Engine.Monitoring.Tools.Budgets;
using Postern.Engine.Monitoring.Tools.Flow;
using Postern.Engine.Monitoring.Tools.Tainting;

namespace Postern.Engine.Policy;

/// <summary>Every rule that a verdict of this build can name, whatever machine recognises it. Users' own patterns and bundles are not among them.</summary>
public static class KnownRules
{
    /// <summary>All of them, sorted by id.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. RuleCatalogue.All.Concat(UrlRules.All).Concat(ObstacleRules.All).Concat(OperationRules.All).Concat(CodedRules.All).Concat(MediaRules.All).Concat(ToolRules.Own).Append(ToolNames.Denied).Append(ToolNames.NotAllowed).Concat(DefinitionRules.All).Concat(A2aRules.All).Concat(BaselineRules.All).Concat(FlowRules.All).Concat(TaintRules.All).Concat(BudgetRules.All).Concat(SessionBudgetRules.All).Concat(ProfileRules.All).Concat(AdaptiveRules.All).Concat(AgentRules.All).OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>The rule with this id; null when there is none.</summary>
    public static Rule? Find(string id) => All.FirstOrDefault(rule => rule.Id == id);
}
