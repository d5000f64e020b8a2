namespace Postern.Engine.Views;

/// <summary>Stops a recording walk at one view and follows a range of it back to the source.</summary>
internal struct LocateVisitor(Walker walker, int ordinal, ByteRange range) : IViewVisitor
{
    /// <summary>The chain of the view that was found; raw when none was.</summary>
    public ViewChain Chain { get; private set; }

    /// <summary>The range in the source.</summary>
    public ByteRange Found { get; private set; }

    public void Visit(scoped in View view)
    {
        if (walker.Ordinal == ordinal)
        {
            Chain = view.Chain;
            Found = walker.ToSource(range);
            walker.Stop();
        }
    }

    public readonly void Miss(Shortfall shortfall, int sourceOffset)
    {
        // The walk before this one has reported it.
    }
}
