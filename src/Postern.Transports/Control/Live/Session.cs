using Postern.Engine.Policy;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Control.Live;

/// <summary>What one actor did since the start. Thread-safe.</summary>
/// <param name="actor">Who.</param>
/// <param name="firstSeen">The first decision.</param>
internal sealed class Session(string actor, DateTimeOffset firstSeen)
{
    /// <summary>Objections that are kept.</summary>
    private const int MaxObjections = 20;

    /// <summary>Destinations that are told apart; the one that was not used for longest makes room.</summary>
    private const int MaxDestinations = 64;

    private readonly Lock _gate = new();
    private readonly Queue<LogEntry> _objections = new(MaxObjections);
    private readonly Dictionary<string, DestinationUse> _destinations = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _transports = new(StringComparer.Ordinal);
    private SessionCounts _counts;

    public string Actor => actor;

    public DateTimeOffset FirstSeen { get; } = firstSeen;

    public DateTimeOffset LastSeen { get; private set; } = firstSeen;

    /// <summary>How many, and how much.</summary>
    public SessionCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return _counts;
            }
        }
    }

    /// <summary>Every transport that was used.</summary>
    public IReadOnlyList<string> Transports
    {
        get
        {
            lock (_gate)
            {
                return [.. _transports];
            }
        }
    }

    /// <summary>What did not pass as it was, the latest first.</summary>
    public IReadOnlyList<LogEntry> Objections
    {
        get
        {
            lock (_gate)
            {
                return [.. _objections.Reverse()];
            }
        }
    }

    /// <summary>Where to, the most used in this minute first.</summary>
    public IReadOnlyList<DestinationUse> Destinations
    {
        get
        {
            lock (_gate)
            {
                return [.. _destinations.Values.OrderByDescending(static use => use.Minute).ThenByDescending(static use => use.Requests)];
            }
        }
    }

    /// <summary>Counts a decision.</summary>
    public void Take(LogEntry entry)
    {
        lock (_gate)
        {
            LastSeen = entry.Time;
            _transports.Add(entry.Transport);
            var isBlocked = entry.Effect == VerdictNames.Block;
            _counts = new SessionCounts(
                _counts.Allowed + (entry.IsRuling && !isBlocked ? 1 : 0),
                _counts.Blocked + (entry.IsRuling && isBlocked ? 1 : 0),
                _counts.Bytes + entry.Bytes);
            if (entry.IsObjection)
            {
                if (_objections.Count == MaxObjections)
                {
                    _objections.Dequeue();
                }

                _objections.Enqueue(entry);
            }

            if (entry.Destination.Length > 0)
            {
                Count(entry);
            }
        }
    }

    private void Count(LogEntry entry)
    {
        if (!_destinations.TryGetValue(entry.Destination, out var use))
        {
            if (_destinations.Count == MaxDestinations)
            {
                _destinations.Remove(_destinations.Values.MinBy(static one => one.LastUse)!.Destination);
            }

            use = new DestinationUse(entry.Destination, 0, 0, 0, entry.Time);
        }

        var minute = entry.Time.ToUnixTimeSeconds() / 60;
        var isSame = minute == use.Minute;
        var isRequest = entry.IsRuling && entry.Direction == VerdictNames.Of(Engine.Flow.Direction.Outbound);
        _destinations[entry.Destination] = new DestinationUse(
            entry.Destination, minute, (isSame ? use.Requests : 0) + (isRequest ? 1 : 0), (isSame ? use.Bytes : 0) + entry.Bytes, entry.Time);
    }
}
