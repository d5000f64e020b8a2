namespace Postern.Engine.Views;

/// <summary>A range of a part's source bytes that a range of one of its views came from.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Length in bytes.</param>
public readonly record struct ViewRange(int Start, int Length);
