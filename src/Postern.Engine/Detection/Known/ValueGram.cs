namespace Postern.Engine.Detection.Known;

/// <summary>A few bytes of a segment, as the 32 bits of a keyed hash, and where in it they stand.</summary>
/// <param name="Check">The hash.</param>
/// <param name="Segment">The number of the segment.</param>
/// <param name="Offset">Where in the segment.</param>
/// <param name="Next">The next gram of the same bucket; -1 at the end.</param>
internal readonly record struct ValueGram(uint Check, int Segment, int Offset, int Next);
