namespace Postern.Engine.Detection.Rules;

/// <summary>A literal whose sight makes a matcher look closer, where it has the edges that are asked for.</summary>
internal readonly record struct RuleLiteral(byte[] Bytes, bool IgnoreCase, WordEdges Edges = WordEdges.None);
