using Postern.Engine.Flow;

namespace Postern.Transports.Mcp;

/// <summary>A request that waits for its answer.</summary>
/// <param name="Exchange">The conversation that its answer belongs to.</param>
/// <param name="Asked">What was asked.</param>
internal sealed record RpcCall(Exchange Exchange, RpcEnvelope Asked);
