using Postern.Engine.Flow;

namespace Postern.Transports.Mcp;

/// <summary>Where one direction of a session leads.</summary>
/// <param name="Direction">Which way.</param>
internal sealed record RpcEnds(Direction Direction)
{
    /// <summary>The peer that hears what passes.</summary>
    public required IRpcWire To { get; init; }

    /// <summary>The peer that spoke.</summary>
    public required IRpcWire Back { get; init; }
}
