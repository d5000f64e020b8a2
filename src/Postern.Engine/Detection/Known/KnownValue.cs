namespace Postern.Engine.Detection.Known;

/// <summary>A value to look for, before it is turned into fingerprints.</summary>
/// <param name="Rule">What a hit reports.</param>
/// <param name="Bytes">The value; zeroed once it is indexed.</param>
/// <param name="Divisible">True when two thirds of it, from either end, give it away.</param>
internal sealed record KnownValue(Rule Rule, byte[] Bytes, bool Divisible);
