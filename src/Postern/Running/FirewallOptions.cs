using Postern.Engine.Configuration;

namespace Postern.Program.Running;

/// <summary>What the command line decides beyond the configuration.</summary>
/// <param name="Home">Where state is kept.</param>
/// <param name="Listen">Where to listen.</param>
/// <param name="RunsCommand">True when a command is run behind the firewall: its TLS is to be read, and the terminal is its own.</param>
internal sealed record FirewallOptions(Home Home, ListenAddress Listen, bool RunsCommand)
{
    /// <summary>True when it stands around an MCP server: standard output is the agent's wire, and no TLS is read.</summary>
    public bool WrapsServer { get; init; }

    /// <summary>The URL of that server, which may be reached wherever it is; null for a command.</summary>
    public Uri? Server { get; init; }

    /// <summary>The agent that the main listener belongs to; empty for everybody's.</summary>
    public string Agent { get; init; } = "";

    /// <summary>Stands in for the world; null in earnest.</summary>
    public Simulation? Simulation { get; init; }
}
