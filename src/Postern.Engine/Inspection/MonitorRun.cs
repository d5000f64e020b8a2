using System.Runtime.InteropServices;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>Loads the states of all monitors that have something to say, runs them, commits together; on conflict all of it again, a bounded number of times.</summary>
internal sealed class MonitorRun(InspectorSeams seams)
{
    private const int MaxTries = 16;

    /// <summary>Runs them, and says what the judge makes of it; refused messages are seen only by the one that looks last.</summary>
    public ValueTask<Verdict> ObserveAsync(Exchange exchange, Message message, Scratch scratch, Verdict verdict, CancellationToken cancel)
    {
        var policy = exchange.Policy.Policy;
        var watching = verdict.Effect > Effect.Deny ? policy.Monitors : [];
        return watching.Length == 0 && policy.Adaptive is null ? new(verdict) : RunAsync(exchange, message, scratch, Begin(watching, verdict), cancel);
    }

    /// <summary>What came of the message goes into the account of its session, and what its session is may cost it.</summary>
    public ValueTask<Verdict> WeighAsync(Exchange exchange, Message message, Scratch scratch, Verdict verdict, CancellationToken cancel) =>
        exchange.Policy.Policy.Adaptive is null ? new(verdict) : RunAsync(exchange, message, scratch, Begin([], verdict), cancel);

    private async ValueTask<Verdict> RunAsync(Exchange exchange, Message message, Scratch scratch, Look look, CancellationToken cancel)
    {
        var states = scratch.States;
        Gather(exchange, message, scratch, look);
        if (states.Count == 0)
        {
            return Decide(exchange, message, scratch);
        }

        var found = scratch.Findings.Count;
        try
        {
            for (var tries = 0; tries < MaxTries; tries++)
            {
                await seams.Sessions.LoadAsync(states, cancel).ConfigureAwait(false);
                var verdict = Observe(exchange, message, scratch, look);
                if (await seams.Sessions.TryCommitAsync(states, cancel).ConfigureAwait(false))
                {
                    return verdict;
                }

                // What was seen was seen in states that are no more.
                scratch.Findings.RemoveRange(found, scratch.Findings.Count - found);
            }
        }
        finally
        {
            states.End();
        }

        scratch.Hits.Add(OperationRules.StateConflict, 0, 0);
        Findings.Collect("session", scratch);
        return Decide(exchange, message, scratch);
    }

    private static void Gather(Exchange exchange, Message message, Scratch scratch, in Look look)
    {
        scratch.States.Begin(exchange.Actor);
        scratch.Watching.Clear();
        foreach (var monitor in look.Watching)
        {
            Add(monitor, See(exchange, message, scratch, look), scratch);
        }

        if (exchange.Policy.Policy.Adaptive is { } adaptive)
        {
            Add(adaptive, See(exchange, message, scratch, look), scratch);
        }
    }

    private static void Add(IMonitor monitor, scoped in Observation observation, Scratch scratch)
    {
        if (monitor.TryKey(observation, out var subject))
        {
            scratch.States.Add(monitor.Id, subject, monitor.StateBytes);
            scratch.Watching.Add(monitor);
        }
    }

    /// <summary>The one that looks last sees what the judge makes of everything before.</summary>
    private static Verdict Observe(Exchange exchange, Message message, Scratch scratch, in Look look)
    {
        var verdict = look.Verdict;
        for (var i = 0; i < scratch.Watching.Count; i++)
        {
            var (monitor, states) = (scratch.Watching[i], scratch.States);
            if (monitor == exchange.Policy.Policy.Adaptive)
            {
                verdict = look.Watching.Length > 0 ? Decide(exchange, message, scratch) : verdict;
                scratch.Effect = verdict.Effect;
            }

            scratch.Hits.Clear();
            monitor.Observe(See(exchange, message, scratch, look), states.StateOf(i), scratch.Hits);
            states.MustKeepOf(i) = monitor.MustKeep(states.StateOf(i));
            Findings.Collect(monitor.Place, scratch);
        }

        return Decide(exchange, message, scratch);
    }

    private static Verdict Decide(Exchange exchange, Message message, Scratch scratch) =>
        Judge.Decide(exchange.Policy.Policy, message.Direction, CollectionsMarshal.AsSpan(scratch.Findings), scratch.Grant);

    private static Observation See(Exchange exchange, Message message, Scratch scratch, in Look look) => new()
    {
        Exchange = exchange,
        Message = message,
        Domain = DomainOf(exchange, scratch),
        NowMs = look.NowMs,
        Calls = CollectionsMarshal.AsSpan(scratch.Calls),
        Grams = scratch.IsFlowing ? scratch.Grams.Found : default,
        Effect = scratch.Effect,
        Found = CollectionsMarshal.AsSpan(scratch.Findings),
    };

    private static ReadOnlySpan<byte> DomainOf(Exchange exchange, Scratch scratch) => scratch.HasTarget
        ? scratch.Domain
        : exchange.Destination is { } destination ? destination.Domain : default;

    private Look Begin(IMonitor[] watching, in Verdict verdict) => new(watching, verdict, seams.Sessions.NowMs(seams.Time));

    /// <summary>What a run begins with.</summary>
    private readonly record struct Look(IMonitor[] Watching, Verdict Verdict, long NowMs);
}
