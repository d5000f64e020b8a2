using Postern.Engine.A2a;
using Postern.Transports.Http;
using Postern.Transports.Mcp;

namespace Postern.Transports.A2a;

/// <summary>Chooses the words for what was asked of another agent.</summary>
internal static class A2aShapes
{
    /// <summary>The words; those of plain HTTP for anything else, and for cards that are fetched like any document.</summary>
    /// <param name="talk">What was asked; null when it is not A2A.</param>
    /// <param name="body">The request's body.</param>
    public static IRefusalShape For(A2aTalk? talk, ReadOnlySpan<byte> body) => talk switch
    {
        { IsRpc: true } => new A2aRpcShape(RpcReader.Read(body)),
        { Kind: not A2aKind.Card } => new A2aRestShape(),
        _ => ProblemShape.Instance,
    };
}
