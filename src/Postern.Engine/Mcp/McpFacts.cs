namespace Postern.Engine.Mcp;

/// <summary>What an adapter knows of a message that is MCP; the default means that it is not.</summary>
/// <param name="Shape">What it is.</param>
public readonly record struct McpFacts(RpcShape Shape)
{
    /// <summary>The method without its escapes: of a request or notification its own, of an answer the one it answers. Empty when unknown.</summary>
    public ReadOnlyMemory<byte> Method { get; init; }

    /// <summary>The tool that <c>tools/call</c> names, without escapes; of an answer the tool that was called. Empty for other methods.</summary>
    public ReadOnlyMemory<byte> Tool { get; init; }

    /// <summary>True when the message is MCP.</summary>
    public bool IsMcp => Shape != RpcShape.None;
}
