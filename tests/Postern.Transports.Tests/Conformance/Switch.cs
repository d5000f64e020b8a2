using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Control;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A kill switch in the hands of a scenario, and an approver who says what the scenario says.</summary>
internal sealed class Switch : IHaltSignal, IApprover, IDisposable
{
    private CancellationTokenSource _halted = new();

    public bool IsHalted { get; private set; }

    public CancellationToken Halted => _halted.Token;

    public bool Approves { get; set; }

    public void Halt()
    {
        IsHalted = true;
        _halted.Cancel();
    }

    public void Release()
    {
        _halted.Dispose();
        _halted = new CancellationTokenSource();
        IsHalted = false;
    }

    public ValueTask<bool> ApproveAsync(Exchange exchange, IReadOnlyList<Finding> findings, CancellationToken cancel) => new(Approves);

    public void Dispose() => _halted.Dispose();
}
