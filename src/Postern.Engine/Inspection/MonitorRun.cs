using System.Runtime.InteropServices;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring;

namespace Postern.Engine.Inspection;

/// <summary>Loads each monitor's state, runs the monitor, commits; on conflict again, a bounded number of times.</summary>
internal sealed class MonitorRun(InspectorSeams seams)
{
    private const int MaxTries = 16;

    public async ValueTask ObserveAsync(Exchange exchange, Message message, Scratch scratch, CancellationToken cancel)
    {
        foreach (var monitor in exchange.Policy.Policy.Monitors)
        {
            if (!TryKey(monitor, exchange, message, scratch, out var key))
            {
                continue;
            }

            var state = scratch.StateOf(monitor);
            var committed = false;
            for (var tries = 0; !committed && tries < MaxTries; tries++)
            {
                var version = await seams.Sessions.LoadAsync(key, state, cancel).ConfigureAwait(false);
                scratch.Hits.Clear();
                Observe(monitor, exchange, message, scratch);
                committed = await seams.Sessions.TryCommitAsync(key, version, state, cancel).ConfigureAwait(false);
            }

            if (!committed)
            {
                scratch.Hits.Add(OperationRules.StateConflict, 0, 0);
            }

            Findings.Collect(monitor.Place, scratch);
        }
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
        Found = CollectionsMarshal.AsSpan(scratch.Findings),
    };

    private static ReadOnlySpan<byte> DomainOf(Exchange exchange, Scratch scratch) => scratch.HasTarget
        ? scratch.Domain
        : exchange.Destination is { } destination ? destination.Domain : default;
}
