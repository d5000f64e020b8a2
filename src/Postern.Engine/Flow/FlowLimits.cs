namespace Postern.Engine.Flow;

/// <summary>How bodies are held, cut into pieces and bounded. Every number is listed in docs/limits.md.</summary>
/// <param name="HoldBytes">Bodies up to this many bytes are inspected whole before a byte leaves (default 1 MiB).</param>
/// <param name="WindowBytes">New bytes per window of a longer body (default 64 KiB).</param>
/// <param name="OverlapBytes">Bytes looked at twice, so that nothing hides on a cut (default 8 KiB).</param>
/// <param name="HoldIdleMs">Silence after which what is there of a response is inspected and sent (default 100 ms).</param>
/// <param name="MaxBodyBytes">Longest request body; 0 is unlimited (default 0: bodies stream).</param>
/// <param name="MaxPieceBytes">Longest event, line or message of a stream (default 1 MiB).</param>
/// <param name="MaxExpansion">Most decoded bytes per coded byte, beyond the first 64 KiB (default 100).</param>
/// <param name="MaxDecodedBytes">Most decoded bytes of one coded body; 0 is unlimited (default 256 MiB).</param>
public sealed record FlowLimits(
    int HoldBytes = 1024 * 1024,
    int WindowBytes = 64 * 1024,
    int OverlapBytes = 8 * 1024,
    int HoldIdleMs = 100,
    long MaxBodyBytes = 0,
    int MaxPieceBytes = 1024 * 1024,
    int MaxExpansion = 100,
    long MaxDecodedBytes = 256L * 1024 * 1024);
