namespace Postern.Transports.Mcp;

/// <summary>The agent's end of a session over standard input and output. Owns both streams.</summary>
public sealed record StdioWire : IDisposable
{
    /// <summary>What the agent says.</summary>
    public required Stream FromAgent { get; init; }

    /// <summary>What the agent hears.</summary>
    public required Stream ToAgent { get; init; }

    /// <summary>The end of an agent that speaks through pipes, which are read on the session's own threads.</summary>
    /// <param name="input">What the agent says.</param>
    /// <param name="output">What the agent hears.</param>
    public static StdioWire OverPipes(Stream input, Stream output) => new() { FromAgent = new InPlaceInput(input), ToAgent = output };

    /// <inheritdoc/>
    public void Dispose()
    {
        FromAgent.Dispose();
        ToAgent.Dispose();
    }
}
