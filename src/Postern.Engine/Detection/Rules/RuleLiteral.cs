namespace Postern.Engine.Detection.Rules;

/// <summary>A literal whose sight makes a matcher look closer.</summary>
internal sealed record RuleLiteral(byte[] Bytes, bool IgnoreCase);
