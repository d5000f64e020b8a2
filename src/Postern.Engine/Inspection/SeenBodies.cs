using System.Runtime.CompilerServices;
using Postern.Engine.Detection;

namespace Postern.Engine.Inspection;

/// <summary>
/// What the detectors saw in bodies that arrived: what agents poll, list and fetch again comes in the same bytes. Detectors are pure, so that equal bytes
/// under the same detectors have equal hits; what a hit costs is weighed anew each time. Shared by all workspaces; thread-safe.
/// </summary>
internal sealed class SeenBodies
{
    /// <summary>Bodies remembered under one list of detectors; a new one takes the place of the one in its slot.</summary>
    public const int Slots = 2048;

    /// <summary>A body with more hits is looked at each time.</summary>
    public const int MaxHits = 16;

    private readonly ConditionalWeakTable<IDetector[], Slot[]> _tables = [];

    /// <summary>What was seen in this body; null when it is not remembered under these detectors.</summary>
    public LocatedHits? Find(in BodyMark mark, IDetector[] detectors)
    {
        if (mark.Length == 0 || !_tables.TryGetValue(detectors, out var slots))
        {
            return null;
        }

        lock (slots)
        {
            ref readonly var slot = ref slots[mark.One % Slots];
            return slot.Mark == mark ? slot.Hits : null;
        }
    }

    /// <summary>Remembers what was seen in a body.</summary>
    public void Remember(in BodyMark mark, IDetector[] detectors, LocatedHits hits)
    {
        if (mark.Length == 0 || hits.Count > MaxHits)
        {
            return;
        }

        var slots = _tables.GetValue(detectors, static _ => new Slot[Slots]);
        lock (slots)
        {
            slots[mark.One % Slots] = new Slot(mark, hits);
        }
    }

    private readonly record struct Slot(BodyMark Mark, LocatedHits Hits);
}
