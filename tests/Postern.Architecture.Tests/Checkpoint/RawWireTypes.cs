using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>The types and accessors that hand out a way to the other side are named by releases only.</summary>
internal sealed class RawWireTypes : ISourceCheck
{
    // Each of these is, or yields, something that writes; the name alone is distinctive enough.
    private static readonly HashSet<string> s_everywhere =
    [
        "SocketsHttpHandler", "HttpMessageInvoker", "HttpClientHandler", "HttpClient", "ClientWebSocket", "TcpClient", "UdpClient",
        "PipeWriter", "BodyWriter", "IHttpResponseBodyFeature", "StandardInput", "SendFileAsync",
    ];

    // In a transport, standard output is an agent's wire (MCP over stdio); in the program it is the terminal.
    private static readonly HashSet<string> s_inTransports = ["OpenStandardOutput"];

    public IEnumerable<Violation> Look(SourceFile file) => Territory.IsRelease(file) || Territory.IsOutsider(file)
        ? []
        : file.Root.DescendantTokens().Where(token => IsRaw(token, file.IsIn(Territory.Transports)))
            .Select(token => file.At(token, $"{token.Text} belongs in a *Release.cs of Postern.Transports"));

    private static bool IsRaw(SyntaxToken token, bool inTransports) =>
        token.IsKind(SyntaxKind.IdentifierToken)
        && (s_everywhere.Contains(token.ValueText) || inTransports && s_inTransports.Contains(token.ValueText));
}
