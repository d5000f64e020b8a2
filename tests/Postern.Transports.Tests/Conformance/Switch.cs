using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A kill switch in the hands of a scenario, and an approver who says what the scenario says.</summary>
internal sealed class Switch : IHalt, IApprover
{
    public bool IsHalted { get; set; }

    public bool Approves { get; set; }

    public ValueTask<bool> ApproveAsync(Exchange exchange, IReadOnlyList<Finding> findings, CancellationToken cancel) => new(Approves);
}
