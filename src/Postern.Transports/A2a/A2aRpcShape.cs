using Postern.Engine.Inspection;
using Postern.Transports.Http;
using Postern.Transports.Mcp;

namespace Postern.Transports.A2a;

/// <summary>Refusals for agents that talk over JSON-RPC: an error under the request's own id, which a failure of HTTP would not be.</summary>
/// <param name="asked">The request.</param>
internal sealed class A2aRpcShape(RpcEnvelope asked) : IRefusalShape
{
    /// <inheritdoc/>
    public Reply Of(Refused refused) => McpReply.Of(refused, [asked], isBatch: false);

    /// <inheritdoc/>
    public Reply Event(Refused refused) => McpReply.Event(Of(refused));
}
