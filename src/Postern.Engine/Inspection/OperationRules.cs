using Postern.Engine.Detection;

namespace Postern.Engine.Inspection;

/// <summary>The rules by which the inspector itself refuses.</summary>
public static class OperationRules
{
    /// <summary>Nothing objected, but nothing allows the message either.</summary>
    public static Rule NoGrant { get; } = Of("operation.no-grant", "No rule allows this message", "Add the destination to api_allowlist, or send a request before its body.");

    /// <summary>The kill switch is on.</summary>
    public static Rule Halted { get; } = Of("operation.halted", "The kill switch is on", "Ask the operator; nothing passes until the kill switch is released.");

    /// <summary>The operator ended the session of this actor.</summary>
    public static Rule Terminated { get; } = Of("operation.terminated", "The operator ended this session", "Ask the operator; nothing of this agent passes until the session is released.");

    /// <summary>Nothing says which agent it is, and the operator wants to know.</summary>
    public static Rule UnknownAgent { get; } = Of("operation.unknown-agent", "Nothing says which agent this is", "Show a token of agents[].tokens, or connect by a listener or from an address of agents.");

    /// <summary>The record of the decision could not be kept.</summary>
    public static Rule EvidenceLost { get; } = Of("operation.evidence-lost", "Evidence cannot be kept", "Free disk space or repair the evidence directory, check it with 'postern evidence verify', then restart.");

    /// <summary>Nobody approved in time.</summary>
    public static Rule NotApproved { get; } = Of("operation.not-approved", "Not approved", "Ask the operator to approve, then repeat the request.");

    /// <summary>The policy wants a finding edited out, and that cannot be done exactly.</summary>
    public static Rule NotEdited { get; } = Of("operation.not-edited", "The finding cannot be edited out exactly", "Take the value out of the URL, or out of a body that is sent in windows, and send it where it can be replaced.");

    /// <summary>Inspection was cancelled, for example because the client went away.</summary>
    public static Rule Cancelled { get; } = Of("operation.cancelled", "Inspection was cancelled", "Repeat the request.");

    /// <summary>A detector failed; what it would have said is unknown.</summary>
    public static Rule DetectorFailed { get; } = Of("operation.detector-failed", "A detector failed", "Report this with the evidence id; the message could not be inspected.");

    /// <summary>Session state changed too often under this message's feet.</summary>
    public static Rule StateConflict { get; } = Of("operation.state-conflict", "Session state is contended", "Repeat the request.");

    /// <summary>Session state cannot be read or kept: what the session did before is unknown.</summary>
    public static Rule StateUnavailable { get; } = Of("operation.state-unavailable", "Session state is out of reach", "Repeat the request later; the operator looks after the database of shared_state.");

    /// <summary>All of them, for the catalogue.</summary>
    public static IEnumerable<Rule> All => [NoGrant, Halted, Terminated, UnknownAgent, EvidenceLost, NotApproved, NotEdited, Cancelled, DetectorFailed, StateConflict, StateUnavailable];

    private static Rule Of(string id, string title, string remedy) =>
        new(id, title, RuleCategory.Operation, Severity.Critical, Confidence.Certain, remedy, Core: true);
}
