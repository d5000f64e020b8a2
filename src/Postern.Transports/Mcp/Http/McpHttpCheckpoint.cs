using Postern.Transports.Http;

namespace Postern.Transports.Mcp.Http;

/// <summary>What every HTTP exchange of MCP shares.</summary>
/// <param name="Http">The checkpoint of all HTTP.</param>
internal sealed record McpHttpCheckpoint(HttpCheckpoint Http)
{
    /// <summary>The sessions.</summary>
    public HttpSessions Sessions { get; } = new();
}
