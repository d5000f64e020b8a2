using System.Collections.Concurrent;
using Postern.Engine.Evidence;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Control.Live;

/// <summary>What every actor did since the start, from their decisions. An actor is an agent at an address; what a request says of itself makes none.</summary>
public sealed class SessionBook : IDecisionReader
{
    /// <summary>Sessions that are told apart; the one that did nothing for longest makes room.</summary>
    private const int MaxSessions = 10_000;

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Every session, the last active first.</summary>
    internal IReadOnlyList<Session> All => [.. _sessions.Values.OrderByDescending(static session => session.LastSeen)];

    /// <inheritdoc/>
    public bool Wants(in EvidenceDraft draft) => draft.Kind.IsOfTraffic();

    /// <inheritdoc/>
    public void Take(LogEntry entry)
    {
        if (_sessions.Count >= MaxSessions && !_sessions.ContainsKey(entry.Actor))
        {
            MakeRoom();
        }

        _sessions.GetOrAdd(entry.Actor, static (actor, first) => new Session(actor, first.Time), entry).Take(entry);
    }

    /// <summary>The session of an actor; null when nothing was ever decided about them.</summary>
    internal Session? Find(string actor) => _sessions.GetValueOrDefault(actor);

    /// <summary>An eighth at once, so that a flood of addresses pays for sorting rarely.</summary>
    private void MakeRoom()
    {
        foreach (var old in _sessions.Values.OrderBy(static session => session.LastSeen).Take(MaxSessions / 8))
        {
            _sessions.TryRemove(old.Actor, out _);
        }
    }
}
