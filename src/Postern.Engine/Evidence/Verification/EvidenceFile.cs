namespace Postern.Engine.Evidence.Verification;

/// <summary>One file of evidence as the caller hands it over; the engine opens none itself.</summary>
/// <param name="Name">Its bare name, for example <c>evidence-1a2b3c4d-0.jsonl</c>; the order of files is taken from it.</param>
/// <param name="Open">Opens it from its first byte; the verifier disposes the stream.</param>
public sealed record EvidenceFile(string Name, Func<Stream> Open);
