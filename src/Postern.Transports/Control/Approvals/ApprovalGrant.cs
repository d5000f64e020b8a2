using Postern.Engine.Inspection;

namespace Postern.Transports.Control.Approvals;

/// <summary>An approval that stands for a while. It ends with its time, when it is revoked, and with the policy under which it was given.</summary>
/// <param name="Id">The question it came of.</param>
/// <param name="Request">What was asked then.</param>
/// <param name="IsAlike">See <see cref="GrantWish"/>.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Until">When it ends.</param>
public sealed record ApprovalGrant(long Id, ApprovalRequest Request, bool IsAlike, string By, DateTimeOffset Until)
{
    /// <summary>True when it answers this question too.</summary>
    public bool Covers(ApprovalRequest asked) => IsAlike ? asked.Alike == Request.Alike : asked.Exact == Request.Exact;
}
