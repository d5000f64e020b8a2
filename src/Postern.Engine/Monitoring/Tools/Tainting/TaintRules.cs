using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring.Tools.Tainting;

/// <summary>What a call means after text of strangers.</summary>
internal static class TaintRules
{
    public static readonly Rule Raised = new("session.taint.raised", "Text of strangers was read; calls are judged more strictly", RuleCategory.Session, Severity.Low, Confidence.Certain,
        "Nothing to do; taint expires after taint.expires_minutes.");

    public static readonly Rule Hostile = new("session.taint.hostile", "A dangerous call after text that tried to take over the model", RuleCategory.Session, Severity.Critical, Confidence.High,
        "Look at the text that was read; then begin again without it.");

    public static readonly Rule Untrusted = new("session.taint.untrusted", "A sensitive call after text of strangers", RuleCategory.Session, Severity.High, Confidence.Medium,
        "Approve the call if the person at the machine wanted it, not the text that was read.");

    public static IEnumerable<Rule> All => [Raised, Hostile, Untrusted];
}
