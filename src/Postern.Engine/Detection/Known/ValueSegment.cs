namespace Postern.Engine.Detection.Known;

/// <summary>A stretch that is recognised as a whole: a value, its beginning or its end, forwards or backwards.</summary>
/// <param name="Rule">What a hit reports.</param>
/// <param name="Length">Its length in folded bytes.</param>
/// <param name="Fingerprint">128 bits of the keyed hash of its folded bytes.</param>
/// <param name="IsWhole">False for a part of a value.</param>
internal readonly record struct ValueSegment(Rule Rule, int Length, UInt128 Fingerprint, bool IsWhole);
