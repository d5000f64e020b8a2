namespace Postern.Transports.Mcp;

/// <summary>The agent's end of a session over standard input and output.</summary>
public sealed record StdioWire
{
    /// <summary>What the agent says.</summary>
    public required Stream FromAgent { get; init; }

    /// <summary>What the agent hears.</summary>
    public required Stream ToAgent { get; init; }
}
