using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>What a protocol knows of an event.</summary>
/// <param name="name">The event's name; empty when it has none.</param>
/// <param name="data">Its data; empty when it has none.</param>
/// <param name="facts">What is known already.</param>
/// <returns>What is known now.</returns>
internal delegate MessageFacts EventLook(string name, ReadOnlySpan<byte> data, MessageFacts facts);
