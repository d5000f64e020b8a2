namespace Postern.Engine.Detection.Rules;

/// <summary>A literal whose sight makes a matcher look closer.</summary>
internal readonly record struct RuleLiteral(byte[] Bytes, bool IgnoreCase);
