namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>A window and what the model makes of it.</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">The byte behind the last.</param>
/// <param name="Score">Log-odds.</param>
internal readonly record struct ScoredRange(int Start, int End, float Score);
