namespace Postern.Engine.Detection.Rules;

/// <summary>One rule's interest in a literal.</summary>
internal readonly record struct LiteralUse(int Rule, int Ordinal, int Length);
