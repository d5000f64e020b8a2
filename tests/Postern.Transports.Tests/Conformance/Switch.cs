using Postern.Engine.Inspection;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A kill switch in the hands of a scenario, and an approver who says what the scenario says.</summary>
internal sealed class Switch : IHalt, IApprover, IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _halted = new();

    public bool IsHalted { get; private set; }

    public bool Approves { get; set; }

    /// <summary>Holds answers back until it completes.</summary>
    public Task Thinking { get; set; } = Task.CompletedTask;

    /// <summary>Completes when somebody is asked.</summary>
    public Task Asked => _asked.Task;

    public bool Stops(string actor) => IsHalted;

    public CancellationToken Halted(string actor) => _halted.Token;

    public void CutOff(string actor)
    {
        var running = _halted;
        _halted = new CancellationTokenSource();
        running.Cancel();
    }

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

    public async ValueTask<Approval> ApproveAsync(ApprovalRequest request, CancellationToken cancel)
    {
        _asked.TrySetResult();
        await Thinking.WaitAsync(cancel);
        return Approves ? new Approval(true, "scenario") : Approval.None;
    }

    public void Dispose() => _halted.Dispose();
}
