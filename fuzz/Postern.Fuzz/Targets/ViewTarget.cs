using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Fuzz.Targets;

/// <summary>Every view of a part: within the bounds, the same when walked again, and each range of it found in the source.</summary>
internal sealed class ViewTarget(string name, ContentKind content, PartKind part, string seed) : IFuzzTarget
{
    private static readonly ViewLimits s_limits = new(ExpansionFloorBytes: 64 * 1024);
    private readonly ViewBuilder _builder = new(s_limits);

    public string Name => name;

    public IReadOnlyList<byte[]> Seeds { get; } = [Encoding.UTF8.GetBytes(seed), [.. Encoding.UTF8.GetBytes(seed), 0xff, 0xc3, 0x28]];

    public void Run(ReadOnlySpan<byte> input)
    {
        var source = new ViewSource { Bytes = input, Content = content, Part = part, Direction = Direction.Inbound, Boundary = "B"u8, Whole = input.Length % 2 == 0 };
        var first = new Look(input.Length);
        var second = new Look(input.Length);
        _builder.Walk(source, ref first);
        _builder.Walk(source, ref second);
        BrokenInvariantException.Unless(first.Sum == second.Sum && first.Bytes == second.Bytes, "walking twice shows the same");

        // Folds and compact forms are bounded by what they fold, of which every level may have one of each.
        BrokenInvariantException.Unless(first.Bytes <= 16L * (((long)input.Length * s_limits.ExpansionFactor) + s_limits.ExpansionFloorBytes), "views are bounded");
        var places = first.Places.ToArray();
        Span<ViewRange> found = new ViewRange[places.Length];
        _builder.Locate(source, places, found);
        foreach (var range in found)
        {
            BrokenInvariantException.Unless(range.Start >= 0 && range.Length >= 0 && range.Start + range.Length <= input.Length, "a range lies in the source");
            _ = _builder.Describe(source, range.Start);
        }
    }

    private struct Look(int length) : IViewVisitor
    {
        private const int MaxPlaces = 32;
        private int _ordinal;

        public List<ViewPlace> Places { get; } = [];

        public long Bytes { get; private set; }

        public long Sum { get; private set; }

        public void Visit(scoped in View view)
        {
            Bytes += view.Bytes.Length;
            foreach (var one in view.Bytes)
            {
                Sum = (Sum * 31) + one;
            }

            if (view.Bytes.Length > 0 && Places.Count < MaxPlaces)
            {
                var start = view.Bytes.Length / 3;
                Places.Add(new ViewPlace(_ordinal, start, Math.Max(1, (view.Bytes.Length - start) / 2)));
            }

            _ordinal++;
        }

        public readonly void Miss(Shortfall shortfall, int sourceOffset) =>
            BrokenInvariantException.Unless(sourceOffset >= 0 && sourceOffset <= length, "a shortfall lies in the source");
    }
}
