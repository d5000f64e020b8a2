using System.Net;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;

namespace Postern.Program.Judging;

/// <summary>
/// The outside as commands without a network see it: nobody approves, nothing is halted, nothing is remembered from one judgement to
/// the next (lines of a batch are not a session), and every name has one ordinary public address, so that a URL is judged by
/// everything that needs no DNS. Nothing is ever dialled.
/// </summary>
internal sealed class NobodyThere : IApprover, IHalt, IResolver, ISessionStore
{
    // Any address that no rule objects to; one array, so that the engine sees that nothing changed.
    private static readonly IPAddress[] s_ordinary = [new([9, 9, 9, 9])];

    /// <inheritdoc/>
    public bool IsHalted => false;

    /// <inheritdoc/>
    public bool Stops(string actor) => false;

    /// <inheritdoc/>
    public CancellationToken Halted(string actor) => CancellationToken.None;

    /// <inheritdoc/>
    public ValueTask<Approval> ApproveAsync(ApprovalRequest request, CancellationToken cancel) => new(Approval.None);

    /// <inheritdoc/>
    public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancel) => new(s_ordinary);

    /// <inheritdoc/>
    public ValueTask LoadAsync(StateBatch batch, CancellationToken cancel)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch.StateOf(i).Clear();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryCommitAsync(StateBatch batch, CancellationToken cancel) => new(true);

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string actor, int monitor, CancellationToken cancel) => ValueTask.CompletedTask;
}
