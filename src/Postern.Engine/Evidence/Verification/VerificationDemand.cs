namespace Postern.Engine.Evidence.Verification;

/// <summary>What evidence is held against.</summary>
/// <param name="PinnedKey">A public key known from elsewhere, lower-case hex; empty when there is none, and the key in the evidence is taken.</param>
/// <param name="Witness">A checkpoint known from elsewhere; null when there is none.</param>
public sealed record VerificationDemand(string PinnedKey = "", EvidenceWitness? Witness = null);
