using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp.Http;

/// <summary>What a bridge is made of.</summary>
/// <param name="Checkpoint">The checkpoint of all HTTP.</param>
/// <param name="Endpoint">The server's endpoint.</param>
/// <param name="Begin">Begins a conversation under the policy in force.</param>
internal sealed record BridgeParts(HttpCheckpoint Checkpoint, Uri Endpoint, Func<Exchange> Begin)
{
    /// <summary>Ends with the session.</summary>
    public required CancellationToken Over { get; init; }

    /// <summary>The checkpoint.</summary>
    public Inspector Inspector => Checkpoint.Inspector;
}
