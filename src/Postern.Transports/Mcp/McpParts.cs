using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp;

/// <summary>What every MCP session is made of.</summary>
/// <param name="Inspector">The checkpoint.</param>
/// <param name="Policies">The policy in force.</param>
/// <param name="Server">The server's name for evidence and sessions: the command or the URL that the operator configured.</param>
/// <param name="Time">The clock.</param>
public sealed record McpParts(Inspector Inspector, PolicyHolder Policies, string Server, TimeProvider Time)
{
    /// <summary>Who acts, by the name of an agent of the configuration; empty is whoever it takes strangers for.</summary>
    public string Agent { get; init; } = string.Empty;

    /// <summary>Header fields for every request to the server, where it is reached over HTTP: the operator's credentials. They appear in no message and no record.</summary>
    public OperatorHeaders Headers { get; init; } = OperatorHeaders.None;
}
