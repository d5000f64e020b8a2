using Postern.Engine.Inspection;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp;

/// <summary>A way to one peer that takes whole messages.</summary>
internal interface IRpcWire
{
    /// <summary>Sends a cleared message.</summary>
    ValueTask PassAsync(Cleared cleared, CancellationToken cancel);

    /// <summary>Says something of our own.</summary>
    ValueTask SayAsync(Reply reply, CancellationToken cancel);
}
