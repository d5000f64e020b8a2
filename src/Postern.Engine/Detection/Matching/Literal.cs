namespace Postern.Engine.Detection.Matching;

/// <summary>One byte string to look for.</summary>
/// <param name="Id">What the sink is told when it is seen.</param>
/// <param name="Bytes">The bytes; at least one.</param>
/// <param name="IgnoreCase">True to treat ASCII letters of either case as equal.</param>
internal readonly record struct Literal(int Id, ReadOnlyMemory<byte> Bytes, bool IgnoreCase);
