namespace Postern.Engine.Views;

/// <summary>A range in one view of a part, to be followed back to the part's source bytes.</summary>
/// <param name="Ordinal">What <see cref="ViewBuilder.CurrentOrdinal"/> was when the view was visited.</param>
/// <param name="Start">First byte, in the view.</param>
/// <param name="Length">Length in bytes, in the view.</param>
public readonly record struct ViewPlace(int Ordinal, int Start, int Length);
