namespace Postern.Transports.Mcp;

/// <summary>The MCP server that is run as a child.</summary>
/// <param name="Program">What to run.</param>
/// <param name="Arguments">With which arguments.</param>
/// <param name="Environment">All of its environment; nothing else is inherited.</param>
public sealed record ServerCommand(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
