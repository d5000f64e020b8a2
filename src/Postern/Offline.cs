using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Program.Judging;

namespace Postern.Program;

/// <summary>The inspector without transports: it judges, and nothing leaves. One judgement at a time.</summary>
internal sealed class Offline
{
    private readonly NothingLeavesSink _sink = new();
    private readonly PolicySnapshot _policy;
    private readonly Inspector _inspector;

    /// <summary>An inspector under <paramref name="policy"/>.</summary>
    /// <param name="policy">The policy in force.</param>
    /// <param name="resolver">Resolves names; null to judge URLs without DNS.</param>
    public Offline(PolicySnapshot policy, IResolver? resolver = null)
    {
        _policy = policy;
        var nobody = new NobodyThere();

        // Fingerprints are never printed, so their key need not be secret.
        _inspector = new Inspector(new InspectorSeams(_sink, nobody, resolver ?? nobody, nobody, nobody, TimeProvider.System, new byte[32]));
    }

    /// <summary>Judges <paramref name="message"/> and disposes it.</summary>
    public async ValueTask<OfflineVerdict> JudgeAsync(Message message, CancellationToken cancel)
    {
        using (message)
        {
            // What a request cleared must not speak for the next one.
            var ruling = await _inspector.InspectAsync(NewExchange(), message, cancel).ConfigureAwait(false);
            if (ruling.TryClear(out var cleared, out var refused))
            {
                cleared.Take().Dispose();
                return new OfflineVerdict(_sink.Effect, _sink.Observed, null, _sink.Findings, message.Direction);
            }

            var isAsked = refused.Findings.Any(static finding => finding.Rule == OperationRules.NotApproved);
            var found = refused.Findings.Where(static finding => finding.Rule != OperationRules.NotApproved).ToArray();
            var decisive = isAsked && refused.Decisive?.Rule == OperationRules.NotApproved ? found.FirstOrDefault() : refused.Decisive;
            return new OfflineVerdict(isAsked ? Effect.Ask : Effect.Deny, null, decisive, found, message.Direction);
        }
    }

    private Exchange NewExchange() => new("operator", "offline", _policy);
}
