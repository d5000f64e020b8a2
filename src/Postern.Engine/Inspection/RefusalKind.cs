namespace Postern.Engine.Inspection;

/// <summary>What sort of refusal it is.</summary>
public enum RefusalKind : byte
{
    /// <summary>The policy says no (HTTP 403).</summary>
    Policy,

    /// <summary>The message is malformed (HTTP 400).</summary>
    Malformed,

    /// <summary>Too much, too fast (HTTP 429).</summary>
    Budget,

    /// <summary>The world's side is unusable: a name without an address, a malformed response (HTTP 502).</summary>
    Upstream,

    /// <summary>Postern cannot do its work for a reason of its own, such as a detector that failed (HTTP 503).</summary>
    Unavailable,

    /// <summary>The body is longer than the policy lets pass at all (HTTP 413).</summary>
    TooLarge,

    /// <summary>The kill switch is on (HTTP 503).</summary>
    Halted,

    /// <summary>The record of the decision could not be kept (HTTP 503).</summary>
    EvidenceLost,

    /// <summary>Nobody approved it in time (HTTP 403).</summary>
    NotApproved,

    /// <summary>The inspection was cancelled: the time was up, or the client is gone (HTTP 503).</summary>
    Cancelled,

    /// <summary>Nothing says which agent it is (HTTP 407).</summary>
    Unidentified,
}
