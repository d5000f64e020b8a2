using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Program.Judging;
using Postern.Program.Replaying;

namespace Postern.Program;

/// <summary>The inspector without transports: it judges, and nothing leaves. One judgement at a time.</summary>
internal sealed class Offline
{
    // Fingerprints are never printed, so their key need not be secret.
    private static readonly byte[] s_fingerprintKey = new byte[32];

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
        _inspector = new Inspector(new InspectorSeams(_sink, nobody, resolver ?? nobody, nobody, nobody, TimeProvider.System, s_fingerprintKey));
    }

    /// <summary>An inspector that lives through what was captured, and remembers it.</summary>
    public Offline(PolicySnapshot policy, CapturedWorld world)
    {
        _policy = policy;
        _inspector = new Inspector(new InspectorSeams(_sink, new InProcessSessions(), world, world, new NobodyThere(), world, s_fingerprintKey));
    }

    /// <summary>Judges <paramref name="message"/> and disposes it. What a request cleared does not speak for the next one.</summary>
    public ValueTask<OfflineVerdict> JudgeAsync(Message message, CancellationToken cancel) => JudgeAsync(new Exchange("operator", "offline", _policy), message, cancel);

    /// <summary>The same within a conversation.</summary>
    public async ValueTask<OfflineVerdict> JudgeAsync(Exchange exchange, Message message, CancellationToken cancel)
    {
        using (message)
        {
            _sink.Clear();
            var ruling = await _inspector.InspectAsync(exchange, message, cancel).ConfigureAwait(false);
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
}
