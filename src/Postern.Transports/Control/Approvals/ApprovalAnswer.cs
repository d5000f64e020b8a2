namespace Postern.Transports.Control.Approvals;

/// <summary>What became of somebody's answer.</summary>
public enum ApprovalAnswer
{
    /// <summary>No such question waits: it was answered, it expired, or it never was.</summary>
    Unknown,

    /// <summary>It is a no.</summary>
    Denied,

    /// <summary>It is a yes.</summary>
    Approved,

    /// <summary>A second person must say yes too.</summary>
    NeedsAnother,

    /// <summary>The same person said yes before.</summary>
    Repeated,
}
