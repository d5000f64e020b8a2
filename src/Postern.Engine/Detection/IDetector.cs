using Postern.Engine.Views;

namespace Postern.Engine.Detection;

/// <summary>Pure and stateless: a view in, hits out. Allocates nothing on a clean view; never slower than linear.</summary>
public interface IDetector
{
    /// <summary>The directions and part kinds are in the view; a detector that has nothing to say returns at once.</summary>
    void Detect(scoped in View view, HitList hits);
}
