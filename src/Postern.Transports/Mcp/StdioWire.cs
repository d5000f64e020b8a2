namespace Postern.Transports.Mcp;

/// <summary>The agent's end of a session over standard input and output. Owns both streams.</summary>
public sealed record StdioWire : IDisposable
{
    /// <summary>What the agent says.</summary>
    public required Stream FromAgent { get; init; }

    /// <summary>What the agent hears.</summary>
    public required Stream ToAgent { get; init; }

    /// <summary>The standard input and output of this process.</summary>
    public static StdioWire OfProcess() => new() { FromAgent = new InPlaceInput(Console.OpenStandardInput()), ToAgent = Console.OpenStandardOutput() };

    /// <inheritdoc/>
    public void Dispose()
    {
        FromAgent.Dispose();
        ToAgent.Dispose();
    }
}
