using Postern.Engine.Evidence;

namespace Postern.Transports.Tests.Telemetry;

/// <summary>Keeps or loses records, at once or after a hop.</summary>
internal sealed class LateEvidence : IEvidenceSink
{
    public bool IsLost { get; init; }

    public bool IsLate { get; init; }

    public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel) => IsLate ? LaterAsync() : new(Keep());

    private async ValueTask<EvidenceId> LaterAsync()
    {
        await Task.Yield();
        return Keep();
    }

    private EvidenceId Keep() => IsLost ? throw new EvidenceLostException("The disk is full.") : new EvidenceId(1, 1);
}
