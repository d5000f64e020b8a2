using Postern.Engine.Agents;
using Postern.Engine.Capturing;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Evidence;
using Postern.Engine.Editing;
using Postern.Engine.Flow;
using Postern.Engine.Mediation;
using Postern.Engine.Monitoring;
using Postern.Engine.Monitoring.Adaptive;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>
/// The checkpoint. One message in, one ruling out; there is no other way to a <see cref="Cleared"/>. Thread-safe. Completes
/// synchronously when the message is clean, the name is cached and the evidence append is uncontended.
/// </summary>
public sealed class Inspector
{
    /// <summary>Above this many bytes inspection leaves the caller's (I/O) thread.</summary>
    private const int OffloadBytes = 256 * 1024;

    private readonly InspectorSeams _seams;
    private readonly DefinitionLook _definitions;
    private readonly BaselineLook _baselines;
    private readonly ContentLook _look;
    private readonly EditStep _edits;
    private readonly MonitorRun _monitors;
    private readonly Recorder _recorder;
    private readonly DestinationJudge _destinations;
    private readonly EnvelopeSeal _envelopes;
    private readonly FingerprintKeys _fingerprints;
    private volatile ScratchPool? _pool;

    /// <summary>An inspector over its seams.</summary>
    public Inspector(InspectorSeams seams)
    {
        _seams = seams;
        _definitions = new DefinitionLook(seams.Pins);
        _baselines = new BaselineLook(seams.Baselines);
        _look = new ContentLook(seams, _definitions, _baselines);
        _edits = new EditStep(_look);
        _monitors = new MonitorRun(seams);
        _recorder = new Recorder(seams, _definitions, seams.Captures.Terms is { } terms ? new CaptureStep(seams, terms) : null);
        _destinations = new DestinationJudge(seams.Resolver);
        _envelopes = new EnvelopeSeal(seams);
        _fingerprints = new FingerprintKeys(seams.FingerprintKey, seams.FingerprintDays);
    }

    /// <summary>The kill switch that it reads, for what waits or runs without asking again.</summary>
    public IHalt Halt => _seams.Halt;

    /// <summary>Inspects <paramref name="message"/> and rules on it. A refused message is the caller's to dispose.</summary>
    public ValueTask<Ruling> InspectAsync(Exchange exchange, Message message, CancellationToken cancel = default) =>
        message.Bytes.Length <= OffloadBytes
            ? RuleAsync(exchange, message, cancel)
            : OffloadAsync(exchange, message, cancel);

    /// <summary>Records that a stream of <paramref name="direction"/> ended; does nothing when none was begun.</summary>
    public ValueTask CloseStreamAsync(Exchange exchange, Direction direction, StreamOutcome outcome) =>
        _recorder.CloseAsync(exchange, direction, outcome);

    /// <summary>Records that an opaque tunnel ended, and how much it carried.</summary>
    public ValueTask CloseTunnelAsync(Exchange exchange, long opaqueBytes, StreamOutcome outcome) =>
        _recorder.CloseTunnelAsync(exchange, opaqueBytes, outcome);

    /// <summary>Records what the exchange's actor did since that was last summed up.</summary>
    /// <param name="exchange">The last of the session.</param>
    /// <param name="how">How it ended, for people.</param>
    public async ValueTask EndSessionAsync(Exchange exchange, string how) =>
        await _seams.Evidence.AppendAsync(RecorderNotes.SessionEnd(exchange.Actor, pinned: null, how), CancellationToken.None).ConfigureAwait(false);

    /// <summary>Apart from the clean path, which must not pay for the closure.</summary>
    private ValueTask<Ruling> OffloadAsync(Exchange exchange, Message message, CancellationToken cancel) =>
        new(Task.Run(() => RuleAsync(exchange, message, cancel).AsTask(), CancellationToken.None));

    /// <summary>The main path, top to bottom: look, judge, edit, monitor, resolve, ask, record, rule.</summary>
    private async ValueTask<Ruling> RuleAsync(Exchange exchange, Message message, CancellationToken cancel)
    {
        var policy = exchange.Policy.Policy;
        var pool = PoolFor(policy);
        var scratch = pool.Rent();
        try
        {
            JudgedDestination? destination = null;
            if (StopOf(exchange) is { } stop)
            {
                scratch.Findings.Add(Operational(stop));
            }
            else
            {
                NoteClaim(exchange, message, scratch);
                _look.Run(exchange, message, scratch);
            }

            var grant = scratch.Grant = GrantFor(exchange, message, scratch);
            var verdict = Judge.Decide(policy, message.Direction, Found(scratch), grant);
            if (verdict.Effect is Effect.Ask or Effect.Redact || (verdict.Effect == Effect.Allow && scratch.Rewrites.Count > 0))
            {
                (message, verdict) = _edits.Run(exchange, message, scratch, verdict);
            }

            if (Crosses(message))
            {
                verdict = await _monitors.ObserveAsync(exchange, message, scratch, verdict, cancel).ConfigureAwait(false);
            }

            if (verdict.Effect > Effect.Deny && scratch.HasTarget && Crosses(message))
            {
                destination = await _destinations.JudgeAsync(exchange.Policy, scratch, cancel).ConfigureAwait(false);
                verdict = Judge.Decide(policy, message.Direction, Found(scratch), destination is null ? Grant.None : grant);
                verdict = verdict.Effect == Effect.Deny ? await _monitors.WeighAsync(exchange, message, scratch, verdict, cancel).ConfigureAwait(false) : verdict;
            }

            if (verdict.Effect == Effect.Ask)
            {
                verdict = await AskAsync(exchange, message, scratch, verdict, cancel).ConfigureAwait(false);
            }

            cancel.ThrowIfCancellationRequested();
            if (verdict.Effect > Effect.Deny && StopOf(exchange) is { } late)
            {
                // Whoever halts while a name is resolved or a person is asked means this message too.
                scratch.Findings.Add(Operational(late));
                verdict = Judge.Decide(policy, message.Direction, Found(scratch), grant);
            }

            return await ConcludeAsync(exchange, message, scratch, verdict, destination).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return await FailAsync(exchange, message, scratch, StopOf(exchange) ?? OperationRules.Cancelled).ConfigureAwait(false);
        }
        catch (EvidenceLostException)
        {
            Leave(message, scratch);
            return Lost(scratch);
        }
        catch (StateUnavailableException)
        {
            return await FailAsync(exchange, message, scratch, OperationRules.StateUnavailable).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever a detector, monitor or resolver throws is a bug of ours; the message is refused, not lost.
            return await FailAsync(exchange, message, scratch, OperationRules.DetectorFailed).ConfigureAwait(false);
        }
        finally
        {
            pool.Return(scratch);
        }
    }

    private static Grant GrantFor(Exchange exchange, Message message, Scratch scratch) => message.Kind switch
    {
        MessageKind.Request or MessageKind.Connect or MessageKind.Lookup => scratch.HasTarget ? new Grant(exchange.Policy.Policy.Destination.Strict ? "api_allowlist" : "mode") : Grant.None,
        MessageKind.None => Grant.None,
        MessageKind.Rpc => exchange.Server.Length == 0 ? Grant.None : new Grant("server"),
        MessageKind.Text => new Grant(exchange.Destination is null ? "inspection-only" : "reply"),
        _ => exchange.Destination is null ? Grant.None : new Grant(message.Direction == Direction.Inbound ? "reply" : "continuation"),
    };

    /// <summary>Whoever says to be somebody else is heard, and that is all.</summary>
    private static void NoteClaim(Exchange exchange, Message message, Scratch scratch)
    {
        if (exchange.Identity.Claim.Length > 0 && message.Kind is (MessageKind.Request or MessageKind.Connect))
        {
            scratch.Findings.Add(Operational(AgentRules.Claimed) with { Detail = "claims to be " + exchange.Identity.Claim });
        }
    }

    /// <summary>A text is judged, not sent: no name is resolved for a URL in it, and no budget is charged.</summary>
    private static bool Crosses(Message message) => message.Kind != MessageKind.Text;

    private async ValueTask<Verdict> AskAsync(Exchange exchange, Message message, Scratch scratch, Verdict verdict, CancellationToken cancel)
    {
        // Half of a body that streams has left before anybody could answer.
        if (message.Kind != MessageKind.BodyWindow)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _seams.Halt.Halted(exchange.Actor));
            var request = ApprovalRequest.Of(exchange, message, Recorder.TargetOf(exchange, scratch), [.. scratch.Findings], verdict);
            var approval = await _seams.Approver.ApproveAsync(request, either.Token).ConfigureAwait(false);
            if (approval.IsGiven)
            {
                return verdict with { Effect = Effect.Allow, Grant = new Grant("approved by " + approval.By) };
            }
        }

        scratch.Findings.Add(Operational(OperationRules.NotApproved));
        return Judge.Decide(exchange.Policy.Policy, message.Direction, Found(scratch), verdict.Grant);
    }

    /// <summary>Evidence first; only then is there a ruling.</summary>
    private async ValueTask<Ruling> ConcludeAsync(Exchange exchange, Message message, Scratch scratch, Verdict verdict, JudgedDestination? destination)
    {
        var effect = verdict.Effect != Effect.Allow ? Effect.Deny : scratch.Original is null ? Effect.Allow : Effect.Redact;
        if ((_definitions.Conclude(exchange, scratch, effect != Effect.Deny) ?? (effect == Effect.Deny ? null : _baselines.Conclude(exchange, scratch))) is { } unkept)
        {
            (effect, verdict) = (Effect.Deny, verdict with { Decisive = unkept });
        }

        var id = await _recorder.RecordAsync(exchange, message, scratch, verdict with { Effect = effect }).ConfigureAwait(false);
        CutOff(exchange, scratch);
        if (effect == Effect.Deny)
        {
            Leave(message, scratch);
            return new Ruling(new Refused(RefusalKinds.Of(verdict.Decisive, message.Direction), verdict.Decisive, id, [.. scratch.Findings]));
        }

        scratch.Original?.Dispose();
        if (destination is not null)
        {
            exchange.Destination = destination;
        }

        message = _envelopes.Seal(exchange, message, VerdictNames.Of(effect, scratch.Findings.Count > 0), id);
        var cleared = new Cleared(message, message.Direction == Direction.Outbound ? exchange.Destination : null) { IsEdited = effect == Effect.Redact };
        return new Ruling(cleared, scratch.Findings.Count == 0 ? [] : [.. scratch.Findings], id);
    }

    /// <summary>Whose airlock closes loses what runs already, unless that is only observed; this message has its ruling.</summary>
    private void CutOff(Exchange exchange, Scratch scratch)
    {
        foreach (var finding in scratch.Findings)
        {
            if (finding.Rule == AdaptiveRules.Closed && exchange.Policy.Policy.Enforce)
            {
                _seams.Halt.CutOff(exchange.Actor);
            }
        }
    }

    private async ValueTask<Ruling> FailAsync(Exchange exchange, Message message, Scratch scratch, Rule rule)
    {
        var finding = Operational(rule);
        scratch.Findings.Add(finding);
        try
        {
            return await ConcludeAsync(exchange, message, scratch, new Verdict(Effect.Deny, null, Grant.None, finding), null).ConfigureAwait(false);
        }
        catch (EvidenceLostException)
        {
            Leave(message, scratch);
            return Lost(scratch);
        }
    }

    /// <summary>A message of our own that does not pass; the caller knows, and disposes, only the one it was made of.</summary>
    private static void Leave(Message message, Scratch scratch)
    {
        if (scratch.Original is not null)
        {
            message.Dispose();
        }
    }

    private static Ruling Lost(Scratch scratch)
    {
        var finding = Operational(OperationRules.EvidenceLost);
        return new Ruling(new Refused(RefusalKind.EvidenceLost, finding, null, [.. scratch.Findings, finding]));
    }

    private Rule? StopOf(Exchange exchange) =>
        exchange.Identity.IsRefused ? OperationRules.UnknownAgent
        : !_seams.Halt.Stops(exchange.Actor) ? null : _seams.Halt.IsHalted ? OperationRules.Halted : OperationRules.Terminated;

    private static Finding Operational(Rule rule) => new(rule, Confidence.Certain, string.Empty, string.Empty, -1, 0, string.Empty);

    private static ReadOnlySpan<Finding> Found(Scratch scratch) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(scratch.Findings);

    /// <summary>Workspaces fit the limits of a policy and a period of fingerprints; what changes them starts a new pool.</summary>
    private ScratchPool PoolFor(SecurityPolicy policy)
    {
        var pool = _pool;
        var period = _fingerprints.Period(_seams.Time);
        if (pool is null || pool.Limits != policy.Views || pool.Period != period)
        {
            _pool = pool = new ScratchPool(policy.Views, period, _fingerprints.Of(period));
        }

        return pool;
    }
}
