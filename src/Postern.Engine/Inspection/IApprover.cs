namespace Postern.Engine.Inspection;

/// <summary>Asks people. No answer in time is a no.</summary>
public interface IApprover
{
    /// <summary>Waits for an answer; only an explicit yes is one. Sees a redacted excerpt and findings, never a secret that was found.</summary>
    ValueTask<Approval> ApproveAsync(ApprovalRequest request, CancellationToken cancel);
}
