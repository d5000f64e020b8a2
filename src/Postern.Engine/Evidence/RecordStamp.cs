namespace Postern.Engine.Evidence;

/// <summary>What the chain adds to a draft: where the record stands, when it was made, and what it follows.</summary>
/// <param name="Chain">The first 32 bits of the chain's id.</param>
/// <param name="Sequence">The record's place in the chain.</param>
/// <param name="Time">The writer's clock.</param>
internal readonly record struct RecordStamp(uint Chain, long Sequence, DateTimeOffset Time);
