using System.Runtime.InteropServices;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>Loads each monitor's state, runs the monitor, commits; on conflict again, a bounded number of times.</summary>
internal sealed class MonitorRun(InspectorSeams seams)
{
    private const int MaxTries = 16;

    /// <summary>Runs them, and says what the judge makes of it; refused messages are seen only by the one that looks last.</summary>
    public async ValueTask<Verdict> ObserveAsync(Exchange exchange, Message message, Scratch scratch, Verdict verdict, CancellationToken cancel)
    {
        var (policy, grant) = (exchange.Policy.Policy, scratch.Grant);
        if (verdict.Effect > Effect.Deny && policy.Monitors.Length > 0)
        {
            foreach (var monitor in policy.Monitors)
            {
                await RunAsync(monitor, exchange, message, scratch, cancel).ConfigureAwait(false);
            }

            verdict = Judge.Decide(policy, message.Direction, CollectionsMarshal.AsSpan(scratch.Findings), grant);
        }

        return policy.Adaptive is null ? verdict : await WeighAsync(exchange, message, scratch, verdict, cancel).ConfigureAwait(false);
    }

    /// <summary>What came of the message goes into the account of its session, and what its session is may cost it.</summary>
    public async ValueTask<Verdict> WeighAsync(Exchange exchange, Message message, Scratch scratch, Verdict verdict, CancellationToken cancel)
    {
        if (exchange.Policy.Policy.Adaptive is not { } adaptive)
        {
            return verdict;
        }

        scratch.Effect = verdict.Effect;
        await RunAsync(adaptive, exchange, message, scratch, cancel).ConfigureAwait(false);
        return Judge.Decide(exchange.Policy.Policy, message.Direction, CollectionsMarshal.AsSpan(scratch.Findings), scratch.Grant);
    }

    private async ValueTask RunAsync(IMonitor monitor, Exchange exchange, Message message, Scratch scratch, CancellationToken cancel)
    {
        if (!TryKey(monitor, exchange, message, scratch, out var key))
        {
            return;
        }

        var state = scratch.StateOf(monitor);
        var committed = false;
        for (var tries = 0; !committed && tries < MaxTries; tries++)
        {
            var version = await seams.Sessions.LoadAsync(key, state, cancel).ConfigureAwait(false);
            scratch.Hits.Clear();
            Observe(monitor, exchange, message, scratch);
            committed = await seams.Sessions.TryCommitAsync(key, version, state, monitor.MustKeep(state.Span), cancel).ConfigureAwait(false);
        }

        if (!committed)
        {
            scratch.Hits.Add(OperationRules.StateConflict, 0, 0);
        }

        Findings.Collect(monitor.Place, scratch);
    }

    private bool TryKey(IMonitor monitor, Exchange exchange, Message message, Scratch scratch, out SessionKey key)
    {
        var applies = monitor.TryKey(Look(exchange, message, scratch), out var subject);
        key = new SessionKey(monitor.Id, subject, exchange.Actor);
        return applies;
    }

    private void Observe(IMonitor monitor, Exchange exchange, Message message, Scratch scratch) =>
        monitor.Observe(Look(exchange, message, scratch), scratch.StateOf(monitor).Span, scratch.Hits);

    private Observation Look(Exchange exchange, Message message, Scratch scratch) => new()
    {
        Exchange = exchange,
        Message = message,
        Domain = DomainOf(exchange, scratch),
        NowMs = seams.NowMs,
        Calls = CollectionsMarshal.AsSpan(scratch.Calls),
        Grams = scratch.IsFlowing ? scratch.Grams.Found : default,
        Effect = scratch.Effect,
        Found = CollectionsMarshal.AsSpan(scratch.Findings),
    };

    private static ReadOnlySpan<byte> DomainOf(Exchange exchange, Scratch scratch) => scratch.HasTarget
        ? scratch.Domain
        : exchange.Destination is { } destination ? destination.Domain : default;
}
