using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring.Tools.Flow;

/// <summary>What came out of one call and goes into another.</summary>
internal static class FlowRules
{
    public static readonly Rule Secret = new("session.flow.secret-to-network", "What a call with a credential returned is being sent", RuleCategory.Session, Severity.Critical, Confidence.High,
        "Do not send what was read there; give the tool that needs it its own credential.");

    public static readonly Rule Private = new("session.flow.private-to-network", "What a database, the environment or the screen returned is being sent", RuleCategory.Session, Severity.High, Confidence.Medium,
        "Send only what the task needs, or approve the call.");

    public static readonly Rule File = new("session.flow.file-to-network", "What was read before is being sent", RuleCategory.Session, Severity.Medium, Confidence.Low,
        "Nothing to do where the agent is meant to send what it reads.");

    public static readonly Rule Fetched = new("session.flow.fetched-to-exec", "What was fetched from the network is being run", RuleCategory.Session, Severity.High, Confidence.Low,
        "Read what is run before it runs; strangers wrote it.");

    public static IEnumerable<Rule> All => [Secret, Private, File, Fetched];
}
