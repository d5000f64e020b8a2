namespace Postern.Engine.Views;

/// <summary>Receives every view of a part, one after the other.</summary>
public interface IViewVisitor
{
    /// <summary>Looks at one view; its bytes are gone when the method returns.</summary>
    void Visit(scoped in View view);

    /// <summary>Hears of something that could not be viewed; the judge decides what it costs.</summary>
    void Miss(Shortfall shortfall, int sourceOffset);
}
