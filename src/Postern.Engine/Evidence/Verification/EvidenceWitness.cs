namespace Postern.Engine.Evidence.Verification;

/// <summary>A checkpoint that somebody noted elsewhere, for example from <c>/health</c>. Only such a note shows that a tail is gone.</summary>
/// <param name="Chain">The first 32 bits of the chain's id.</param>
/// <param name="Size">How many records there were.</param>
/// <param name="Root">The Merkle root over them, lower-case hex.</param>
public sealed record EvidenceWitness(uint Chain, long Size, string Root);
