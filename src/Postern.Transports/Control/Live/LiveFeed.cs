using System.Threading.Channels;
using Postern.Engine.Evidence;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Control.Live;

/// <summary>The last decisions, and those to come for whoever watches. Who does not keep up misses the oldest and is told how many.</summary>
public sealed class LiveFeed : IDecisionReader
{
    /// <summary>Decisions that are kept for who comes later.</summary>
    private const int MaxRecent = 256;

    /// <summary>Decisions that may wait for one watcher.</summary>
    private const int MaxWaiting = 256;

    /// <summary>Watchers at once.</summary>
    private const int MaxWatchers = 16;

    private readonly Lock _gate = new();
    private readonly Queue<LogEntry> _recent = new(MaxRecent);
    private readonly List<LiveWatch> _watchers = [];

    /// <summary>The last decisions, oldest first.</summary>
    public IReadOnlyList<LogEntry> Recent
    {
        get
        {
            lock (_gate)
            {
                return [.. _recent];
            }
        }
    }

    /// <inheritdoc/>
    public bool Wants(in EvidenceDraft draft) => draft.Kind is EvidenceKind.Ruling or EvidenceKind.Event || !draft.Findings.IsEmpty;

    /// <inheritdoc/>
    public void Take(LogEntry entry)
    {
        lock (_gate)
        {
            if (_recent.Count == MaxRecent)
            {
                _recent.Dequeue();
            }

            _recent.Enqueue(entry);
            foreach (var watcher in _watchers)
            {
                watcher.Offer(entry);
            }
        }
    }

    /// <summary>Begins to watch; null when too many do. Dispose it to end.</summary>
    internal LiveWatch? Watch()
    {
        lock (_gate)
        {
            if (_watchers.Count == MaxWatchers)
            {
                return null;
            }

            var watch = new LiveWatch(this, Channel.CreateBounded<LogEntry>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true }));
            _watchers.Add(watch);
            return watch;
        }
    }

    internal void Leave(LiveWatch watch)
    {
        lock (_gate)
        {
            _watchers.Remove(watch);
        }
    }
}
