using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>What the detectors saw in one stretch, and where in it. It follows from the bytes alone; what a hit costs does not.</summary>
internal sealed class LocatedHits
{
    private static readonly LocatedHits s_none = new([], []);

    private readonly PendingHit[] _hits;
    private readonly ViewRange[] _places;

    private LocatedHits(PendingHit[] hits, ViewRange[] places) => (_hits, _places) = (hits, places);

    /// <summary>How many there are.</summary>
    public int Count => _hits.Length;

    /// <summary>One of them, and its place in the stretch.</summary>
    public (PendingHit Hit, ViewRange Place) this[int index] => (_hits[index], _places[index]);

    /// <summary>Takes those that wait in the workspace: first what could not be shown, then what was seen.</summary>
    public static LocatedHits Of(scoped in ViewSource source, Scratch scratch)
    {
        var (misses, seen) = (scratch.Misses, scratch.Pending);
        if (misses.Count + seen.Count == 0)
        {
            return s_none;
        }

        var places = new ViewRange[misses.Count + seen.Count];
        for (var i = 0; i < misses.Count; i++)
        {
            places[i] = new ViewRange(misses[i].Hit.Start, 0);
        }

        var wanted = new ViewPlace[seen.Count];
        for (var i = 0; i < wanted.Length; i++)
        {
            wanted[i] = new ViewPlace(seen[i].Ordinal, seen[i].Hit.Start, seen[i].Hit.Length);
        }

        scratch.Views.Locate(source, wanted, places.AsSpan(misses.Count));
        var hits = new LocatedHits([.. misses, .. seen], places);
        misses.Clear();
        seen.Clear();
        return hits;
    }
}
