using System.Buffers;
using System.Collections.Concurrent;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Monitoring;

/// <summary>
/// Says whether pieces of earlier messages and of this one make a secret together: all in order, from each of the last ones on, and each old one with each new one in either
/// order, so that what was sent between does not help. A piece that is a secret by itself was judged in its own message and takes no part.
/// </summary>
internal sealed class FragmentJoin(IDetector[] detectors, ViewLimits limits)
{
    /// <summary>Earlier pieces that are tried with each new one.</summary>
    private const int MaxPaired = 32;

    /// <summary>Earlier pieces from which a chain of all that follow begins.</summary>
    private const int MaxChains = 32;

    /// <summary>Earlier pieces of which every two are tried with a new one.</summary>
    private const int MaxChosen = 8;

    /// <summary>The longest chain, in bytes.</summary>
    private const int MaxChain = 1024;

    private readonly ConcurrentBag<Workplace> _idle = [];

    /// <summary>Stands between two attempts; no decoder reads across it.</summary>
    private static ReadOnlySpan<byte> Border => " | "u8;

    /// <summary>True when they do.</summary>
    /// <param name="old">Pieces of earlier messages, oldest first; those that are secrets by themselves are taken out.</param>
    /// <param name="fresh">Pieces of this message, likewise.</param>
    public bool MakesSecret(PieceList old, PieceList fresh)
    {
        if (old.Count == 0 || fresh.Count == 0)
        {
            return false;
        }

        var place = _idle.TryTake(out var idle) ? idle : new Workplace(new ViewBuilder(limits));
        try
        {
            return place.Shows(old, fresh, detectors)
                && place.Shed(old, detectors) + place.Shed(fresh, detectors) is var shed
                && (shed == 0 || place.Shows(old, fresh, detectors));
        }
        finally
        {
            place.Text.Clear();
            place.Text.ResetWrittenCount();
            _idle.Add(place);
        }
    }

    /// <summary>Views and a buffer, for one message at a time.</summary>
    private sealed class Workplace(ViewBuilder views)
    {
        private readonly HitList _hits = new();

        /// <summary>One attempt after the other.</summary>
        public ArrayBufferWriter<byte> Text { get; } = new();

        public bool Shows(PieceList old, PieceList fresh, IDetector[] detectors)
        {
            Text.ResetWrittenCount();
            PutChains(old, fresh);
            PutPairs(old, fresh);
            return HasSecret(Text.WrittenSpan, detectors);
        }

        /// <summary>Takes out what is a secret by itself; returns how many.</summary>
        public int Shed(PieceList pieces, IDetector[] detectors)
        {
            var count = pieces.Count;
            for (var i = count - 1; i >= 0; i--)
            {
                if (HasSecret(pieces[i], detectors))
                {
                    pieces.RemoveAt(i);
                }
            }

            return count - pieces.Count;
        }

        private void PutChains(PieceList old, PieceList fresh)
        {
            for (var start = Math.Max(0, old.Count - MaxChains); start < old.Count; start++)
            {
                PutChain(old, start, fresh);
            }

            for (var first = Math.Max(0, old.Count - MaxChosen); first < old.Count; first++)
            {
                for (var second = first + 1; second < old.Count; second++)
                {
                    Text.Write(old[first]);
                    Text.Write(old[second]);
                    Text.Write(fresh[0]);
                    Text.Write(Border);
                }
            }
        }

        /// <summary>What comes last counts: a chain that is too long loses its beginning.</summary>
        private void PutChain(PieceList old, int start, PieceList fresh)
        {
            var length = 0;
            for (var i = start; i < old.Count; i++)
            {
                length += old[i].Length;
            }

            for (; length > MaxChain; start++)
            {
                length -= old[start].Length;
            }

            for (var i = start; i < old.Count; i++)
            {
                Text.Write(old[i]);
            }

            for (var i = 0; i < fresh.Count; i++)
            {
                Text.Write(fresh[i]);
            }

            Text.Write(Border);
        }

        private void PutPairs(PieceList old, PieceList fresh)
        {
            for (var i = Math.Max(0, old.Count - MaxPaired); i < old.Count; i++)
            {
                for (var j = 0; j < fresh.Count; j++)
                {
                    PutPair(old[i], fresh[j]);
                    PutPair(fresh[j], old[i]);
                }
            }
        }

        private void PutPair(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
        {
            Text.Write(first);
            Text.Write(second);
            Text.Write(Border);
        }

        private bool HasSecret(ReadOnlySpan<byte> text, IDetector[] detectors)
        {
            var search = new SecretSearch(detectors, _hits);
            views.Walk(new ViewSource { Bytes = text, Part = PartKind.Body, Direction = Direction.Outbound, Whole = true }, ref search);
            return search.Found;
        }
    }

    /// <summary>Asks every detector about every view until one has found a secret worth refusing.</summary>
    private ref struct SecretSearch(IDetector[] detectors, HitList hits) : IViewVisitor
    {
        public bool Found { get; private set; }

        public void Visit(scoped in View view)
        {
            for (var d = 0; d < detectors.Length && !Found; d++)
            {
                hits.Clear();
                detectors[d].Detect(view, hits);
                for (var i = 0; i < hits.Count; i++)
                {
                    Found |= hits[i].Rule is { Category: RuleCategory.Secret, Severity: >= Severity.High } && hits[i].Confidence >= Confidence.Medium && Begins(view, hits[i]);
                }
            }

            hits.Clear();
        }

        /// <summary>Ids of different messages make the short beginning of a credential in their middle by chance; what was cut up begins with its first piece.</summary>
        private static bool Begins(scoped in View view, in Hit hit) =>
            hit.Confidence == Confidence.Certain || view.Chain.Depth > 0 || hit.Start == 0 || view.Bytes[hit.Start - 1] == Border[^1];

        // What could not be read is none of this message's faults.
        public readonly void Miss(Shortfall shortfall, int sourceOffset)
        {
        }
    }
}
