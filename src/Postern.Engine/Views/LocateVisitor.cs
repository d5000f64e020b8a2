namespace Postern.Engine.Views;

/// <summary>Follows ranges of several views back to the source in one recording walk; stops at the last of them.</summary>
internal ref struct LocateVisitor(Walker walker, ReadOnlySpan<ViewPlace> wanted, Span<ViewRange> found) : IViewVisitor
{
    private readonly ReadOnlySpan<ViewPlace> _wanted = wanted;
    private readonly Span<ViewRange> _found = found;
    private readonly Walker _walker = walker;

    /// <summary>How many were found so far.</summary>
    public int Count { get; private set; }

    public void Visit(scoped in View view)
    {
        while (Count < _wanted.Length && _wanted[Count].Ordinal == _walker.Ordinal)
        {
            var place = _wanted[Count];
            var source = _walker.ToSource(new ByteRange(place.Start, place.Start + place.Length));
            _found[Count++] = new ViewRange(source.Start, source.Length);
        }

        if (Count == _wanted.Length)
        {
            _walker.Stop();
        }
    }

    public readonly void Miss(Shortfall shortfall, int sourceOffset)
    {
        // The walk before this one has reported it.
    }
}
