namespace Postern.Engine.Flow;

/// <summary>One named piece of a message: ranges into the message's own bytes, never a copy.</summary>
/// <param name="Kind">What the piece is.</param>
/// <param name="Start">Offset of its first byte in the message.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="NameStart">Offset of its name's first byte; of a border, where the bytes of this message begin; else meaningless when <paramref name="NameLength"/> is 0.</param>
/// <param name="NameLength">Length of its name in bytes; 0 for a part that has none.</param>
public readonly record struct Part(PartKind Kind, int Start, int Length, int NameStart = 0, int NameLength = 0);
