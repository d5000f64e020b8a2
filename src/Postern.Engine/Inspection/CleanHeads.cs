using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>
/// Methods, URLs and header lines in which no detector found anything: agents send the same ones with every request. Detectors are pure, so
/// that equal bytes under the same detectors have equal findings, and only none is remembered: what was found, wherever it is at home, is
/// found again each time. Bytes are compared, never a hash of them. Part of a workspace: not thread-safe.
/// </summary>
internal sealed class CleanHeads
{
    /// <summary>Heads remembered by one workspace; a new one takes the place of the one in its slot.</summary>
    public const int Slots = 32;

    /// <summary>Longer heads are looked at each time.</summary>
    public const int MaxBytes = 2048;

    private readonly Slot[] _slots = new Slot[Slots];
    private IDetector[] _detectors = [];

    /// <summary>True when these bytes, in this place, were remembered under these detectors.</summary>
    public bool Knows(scoped in ViewSource source, IDetector[] detectors)
    {
        if (!ReferenceEquals(_detectors, detectors))
        {
            // Own values and canaries are detectors: another policy has others.
            Array.Clear(_slots);
            _detectors = detectors;
        }

        return IsKept(source) && SlotOf(source).Holds(source);
    }

    /// <summary>Remembers what was looked at and is clean; <see cref="Knows"/> was asked about it before.</summary>
    public void Remember(scoped in ViewSource source)
    {
        if (IsKept(source))
        {
            SlotOf(source).Keep(source);
        }
    }

    /// <summary>How a body is read depends on more than its bytes: <see cref="SeenBodies"/>.</summary>
    private static bool IsKept(scoped in ViewSource source) => source is
    {
        Part: PartKind.Method or PartKind.Url or PartKind.HeaderValue, Content: ContentKind.Text, Charset: null, Boundary.IsEmpty: true, Bytes.Length: > 0 and <= MaxBytes,
    };

    private ref Slot SlotOf(scoped in ViewSource source)
    {
        var hash = default(HashCode);
        hash.AddBytes(source.Bytes);
        return ref _slots[(uint)hash.ToHashCode() % Slots];
    }

    private struct Slot
    {
        private byte[]? _bytes;
        private int _length;
        private (PartKind, Direction, bool) _place;

        public readonly bool Holds(scoped in ViewSource source) =>
            _bytes is not null && _place == PlaceOf(source) && source.Bytes.SequenceEqual(_bytes.AsSpan(0, _length));

        public void Keep(scoped in ViewSource source)
        {
            source.Bytes.CopyTo(_bytes ??= new byte[MaxBytes]);
            _length = source.Bytes.Length;
            _place = PlaceOf(source);
        }

        private static (PartKind, Direction, bool) PlaceOf(scoped in ViewSource source) => (source.Part, source.Direction, source.Whole);
    }
}
