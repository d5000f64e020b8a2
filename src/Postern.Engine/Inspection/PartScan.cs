using System.Security.Cryptography;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Obstacles;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>Shows every view of one source to every detector and remembers what they saw.</summary>
internal ref struct PartScan : IViewVisitor
{
    private readonly Scratch _scratch;
    private readonly ReadOnlySpan<IDetector> _detectors;
    private readonly ReadOnlySpan<byte> _fingerprintKey;

    private PartScan(Scratch scratch, ReadOnlySpan<IDetector> detectors, ReadOnlySpan<byte> fingerprintKey)
    {
        _scratch = scratch;
        _detectors = detectors;
        _fingerprintKey = fingerprintKey;
    }

    /// <summary>Scans <paramref name="source"/>; what was found waits in <see cref="Scratch.Pending"/>.</summary>
    public static void Run(scoped in ViewSource source, Scratch scratch, ReadOnlySpan<IDetector> detectors, ReadOnlySpan<byte> fingerprintKey)
    {
        var scan = new PartScan(scratch, detectors, fingerprintKey);
        scratch.Views.Walk(source, ref scan);
    }

    /// <inheritdoc/>
    public readonly void Visit(scoped in View view)
    {
        // What a message of texts says stands in its texts; the raw view would say it twice.
        if (_scratch.IsFlowing && view.Part == PartKind.Body && view.Chain.Depth > 0)
        {
            _scratch.Grams.Add(view);
        }

        var hits = _scratch.Hits;
        foreach (var detector in _detectors)
        {
            detector.Detect(view, hits);
            if (hits.Count > 0)
            {
                Remember(view, hits);
                hits.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public readonly void Miss(Shortfall shortfall, int sourceOffset) =>
        _scratch.Misses.Add(new PendingHit(
            new Hit(ShortfallRules.For(shortfall), sourceOffset, 0, Confidence.Certain), ViewChain.Raw, -1, string.Empty));

    private readonly void Remember(scoped in View view, HitList hits)
    {
        for (var i = 0; i < hits.Count; i++)
        {
            var hit = hits[i];
            if (_scratch.Pending.Count == Scratch.MaxPending)
            {
                hits.Drop(hit.Rule);
                continue;
            }

            var seen = view.Bytes.Slice(hit.Start, hit.Length);
            _scratch.Pending.Add(new PendingHit(hit, view.Chain, _scratch.Views.CurrentOrdinal, Fingerprint(seen)));
        }

        _scratch.NoteDropped(hits, view.Direction);
    }

    /// <summary>64 bits of a keyed hash: enough to tell equal secrets equal, useless for guessing them without the key.</summary>
    private readonly string Fingerprint(ReadOnlySpan<byte> seen)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_fingerprintKey, seen, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }
}
