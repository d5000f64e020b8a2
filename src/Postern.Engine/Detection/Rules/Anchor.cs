namespace Postern.Engine.Detection.Rules;

/// <summary>Where a rule's literal (or the run that stands for one) was seen.</summary>
/// <param name="Rule">The rule, by its place in the set.</param>
/// <param name="Ordinal">Which of the matcher's literals.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte after it.</param>
internal readonly record struct Anchor(int Rule, int Ordinal, int Start, int End);
