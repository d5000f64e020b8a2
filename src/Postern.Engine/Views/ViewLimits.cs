namespace Postern.Engine.Views;

/// <summary>Every bound on viewing one part. Beyond a bound a <see cref="Shortfall"/> is reported, never silence.</summary>
/// <param name="MaxDepth">
/// How many encodings (percent, base64, hex, base32, escapes, character references) may be nested, 1 to 5; default 4.
/// Containers and normalising steps do not count: they cannot nest without an encoding between them.
/// </param>
/// <param name="ExpansionFactor">All decoded bytes of a part together, as a multiple of its own length; default 6.</param>
/// <param name="ExpansionFloorBytes">Decoded bytes that even the smallest part may have; default 256 KiB.</param>
/// <param name="MaxJsonDepth">How deep JSON objects and arrays may be nested, 1 to 512; default 64.</param>
/// <param name="MaxMultipartParts">How many parts a multipart body may have; default 100.</param>
/// <param name="MaxFileNameBytes">The longest file name in a multipart body, in bytes; default 256.</param>
/// <param name="MaxPartHeaderBytes">The longest header block of one multipart part, in bytes; default 16 KiB.</param>
/// <param name="MaxCompactBytes">The longest text of which a compact view is made, in bytes; default 4 KiB.</param>
/// <param name="MaxKeptScratchBytes">Scratch above this is given back after each walk, in bytes; default 4 MiB.</param>
public sealed record ViewLimits(
    int MaxDepth = 4,
    int ExpansionFactor = 6,
    int ExpansionFloorBytes = 256 * 1024,
    int MaxJsonDepth = 64,
    int MaxMultipartParts = 100,
    int MaxFileNameBytes = 256,
    int MaxPartHeaderBytes = 16 * 1024,
    int MaxCompactBytes = 4 * 1024,
    int MaxKeptScratchBytes = 4 * 1024 * 1024);
