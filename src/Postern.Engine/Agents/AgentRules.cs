using Postern.Engine.Detection;

namespace Postern.Engine.Agents;

/// <summary>What agents say of themselves.</summary>
internal static class AgentRules
{
    public static readonly Rule Claimed = new("session.agent-claimed", "The agent gives itself another name than the one it is known by", RuleCategory.Session, Severity.Low, Confidence.Certain,
        "Nothing to do; let the agent show a token of the profile it should have.");

    public static IEnumerable<Rule> All => [Claimed];
}
