namespace Postern.Transports.Http.Connect;

/// <summary>The account of a tunnel.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="BytesUp">Bytes that a relay handed to the upstream; 0 for an intercepted tunnel.</param>
/// <param name="BytesDown">Bytes that a relay handed to the client; 0 for an intercepted tunnel.</param>
/// <param name="Duration">From the decision to the end.</param>
internal sealed record TunnelEnd(TunnelEndReason Reason, long BytesUp, long BytesDown, TimeSpan Duration);
