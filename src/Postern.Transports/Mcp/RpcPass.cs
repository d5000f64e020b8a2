namespace Postern.Transports.Mcp;

/// <summary>Takes a frame through the checkpoint; the text is read before the call returns.</summary>
/// <param name="frame">The frame.</param>
/// <param name="text">Its text.</param>
/// <param name="cancel">The session is over.</param>
internal delegate ValueTask RpcPass(in RpcFrame frame, ReadOnlySpan<byte> text, CancellationToken cancel);
