using Postern.Engine.Mcp;

namespace Postern.Transports.Mcp;

/// <summary>What the members of one message say; the text itself is kept elsewhere, as it came.</summary>
/// <param name="Shape">Request, notification or answer; None with a fault.</param>
/// <param name="Id">Its id, also of a message that is faulty elsewhere.</param>
internal readonly record struct RpcEnvelope(RpcShape Shape, RpcId Id)
{
    /// <summary>Why it is no message.</summary>
    public RpcFault Fault { get; init; }

    /// <summary>The method, without escapes.</summary>
    public ReadOnlyMemory<byte> Method { get; init; }

    /// <summary>The tool that a call names.</summary>
    public ReadOnlyMemory<byte> Tool { get; init; }

    /// <summary>True for the call of a tool, whose refusal is a result that a model can read.</summary>
    public bool IsToolCall => Method.Span.SequenceEqual(RpcMethods.ToolsCall);

    /// <summary>The facts for the checkpoint.</summary>
    public McpFacts Facts => new(Shape) { Method = Method, Tool = Tool };
}
