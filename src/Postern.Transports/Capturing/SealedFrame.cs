namespace Postern.Transports.Capturing;

/// <summary>A frame that was opened.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The capture; of others the count.</param>
/// <param name="Count">How many are missing, of a gap; else 0.</param>
public sealed record SealedFrame(FrameKind Kind, ReadOnlyMemory<byte> Text, long Count);
