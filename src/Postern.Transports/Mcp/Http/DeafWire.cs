using Postern.Engine.Inspection;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp.Http;

/// <summary>A server over HTTP hears no answers of ours: what it asked and was refused stays unanswered, and it stops waiting by its own clock.</summary>
internal sealed class DeafWire : IRpcWire
{
    /// <inheritdoc/>
    public ValueTask PassAsync(Cleared cleared, CancellationToken cancel) => throw new InvalidOperationException("Messages to the server go by POST.");

    /// <inheritdoc/>
    public ValueTask SayAsync(Reply reply, CancellationToken cancel) => ValueTask.CompletedTask;
}
