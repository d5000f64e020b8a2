using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Transports.Control;

/// <summary>Nobody is there to ask: the answer is no.</summary>
public sealed class NoApprover : IApprover
{
    /// <inheritdoc/>
    public ValueTask<bool> ApproveAsync(Exchange exchange, IReadOnlyList<Finding> findings, CancellationToken cancel) => new(false);
}
