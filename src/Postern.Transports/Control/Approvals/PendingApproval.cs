using Postern.Engine.Inspection;

namespace Postern.Transports.Control.Approvals;

/// <summary>A question that waits.</summary>
/// <param name="Id">Counts from 1 in each run.</param>
/// <param name="Request">What is asked.</param>
/// <param name="Asked">When.</param>
/// <param name="Until">When it becomes a no.</param>
public sealed record PendingApproval(long Id, ApprovalRequest Request, DateTimeOffset Asked, DateTimeOffset Until)
{
    /// <summary>Who said yes so far; with four eyes one of two.</summary>
    public IReadOnlyList<string> Votes { get; init; } = [];

    /// <summary>The grant that all of them want; the narrowest of their wishes.</summary>
    public GrantWish Wish { get; init; }
}
