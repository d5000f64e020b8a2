using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring.Adaptive;

/// <summary>What became of a session, and what it is refused for.</summary>
internal static class AdaptiveRules
{
    public static readonly Rule Level = Change("level", "This session went to another level");

    public static readonly Rule Tier = Change("tier", "The airlock of this session moved");

    public static readonly Rule Closed = Change("closed", "The airlock of this session closed; what ran was cut");

    public static readonly Rule Upgraded = Refusal("upgraded", "A finding that is only recorded elsewhere, in a session that was up to something", "Take out what was found; the session goes down a level after adaptive_enforcement.recovery_minutes without more of it.");

    public static readonly Rule Locked = Refusal("locked", "This session was up to something too often", "Wait for adaptive_enforcement.recovery_minutes, or ask the operator to release the session.");

    public static readonly Rule Airlock = Refusal("airlock", "The airlock of this session is closed to this", "Wait until the airlock opens, or ask the operator to release the session.");

    public static IEnumerable<Rule> All => [Level, Tier, Closed, Upgraded, Locked, Airlock];

    private static Rule Change(string name, string title) =>
        new("session.adaptive." + name, title, RuleCategory.Session, Severity.Low, Confidence.Certain, "Nothing to do; 'explain' of the session on the control port says more.");

    private static Rule Refusal(string name, string title, string remedy) =>
        new("session.adaptive." + name, title, RuleCategory.Session, Severity.Critical, Confidence.Certain, remedy);
}
