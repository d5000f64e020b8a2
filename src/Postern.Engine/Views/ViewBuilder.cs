#pragma warning disable CA1822
namespace Postern.Engine.Views;

/// <summary>Stand-in until the views are merged.</summary>
public sealed class ViewBuilder(ViewLimits limits)
{
    /// <summary>Number of the view.</summary>
    public int CurrentOrdinal => 0;

    /// <summary>Walks.</summary>
    public void Walk<TVisitor>(scoped in ViewSource source, ref TVisitor visitor) where TVisitor : struct, IViewVisitor, allows ref struct
    {
        _ = limits;
        visitor.Visit(new View(source.Bytes, ViewChain.Raw, source.Part, source.Direction));
    }

    /// <summary>Locates.</summary>
    public (int Start, int Length) Locate(scoped in ViewSource source, ViewChain chain, int ordinal, int start, int length) => (start, length);

    /// <summary>Names.</summary>
    public string Describe(scoped in ViewSource source, int sourceOffset) => "";
}
