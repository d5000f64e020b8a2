using Postern.Engine.Flow;
using Postern.Engine.Mcp;

namespace Postern.Transports.Mcp;

/// <summary>One frame before it is ruled on: what it belongs to, and what is wrong with it as far as its wire can tell.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Direction">Which way it goes.</param>
/// <param name="Exchange">The conversation that it belongs to.</param>
internal readonly record struct RpcPassage(RpcFrame Frame, Direction Direction, Exchange Exchange)
{
    /// <summary>What is wrong.</summary>
    public Obstacle Obstacles { get; init; }

    /// <summary>What is known, for whoever looks at the message.</summary>
    public McpFacts Facts { get; init; }

    /// <summary>The requests that it answers.</summary>
    public required IReadOnlyList<RpcCall> Answers { get; init; }
}
