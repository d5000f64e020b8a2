using System.Collections.Concurrent;
using Postern.Engine.Evidence;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Control.Live;

/// <summary>What every actor did since the start, from their decisions. Actors come from listeners and configuration, never from a request.</summary>
public sealed class SessionBook : IDecisionReader
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Every session, the last active first.</summary>
    internal IReadOnlyList<Session> All => [.. _sessions.Values.OrderByDescending(static session => session.LastSeen)];

    /// <inheritdoc/>
    public bool Wants(in EvidenceDraft draft) => draft.Kind is not (EvidenceKind.Event or EvidenceKind.Manifest);

    /// <inheritdoc/>
    public void Take(LogEntry entry) => _sessions.GetOrAdd(entry.Actor, static (actor, first) => new Session(actor, first.Time), entry).Take(entry);

    /// <summary>The session of an actor; null when nothing was ever decided about them.</summary>
    internal Session? Find(string actor) => _sessions.GetValueOrDefault(actor);
}
