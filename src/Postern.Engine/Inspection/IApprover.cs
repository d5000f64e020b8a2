using Postern.Engine.Detection;
using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>Asks a person. No answer in time is a no.</summary>
public interface IApprover
{
    /// <summary>True only for an explicit yes. Sees findings, never content.</summary>
    ValueTask<bool> ApproveAsync(Exchange exchange, IReadOnlyList<Finding> findings, CancellationToken cancel);
}
