using System.Net;

namespace Postern.Engine.Agents;

/// <summary>What a connection and a request say about who acts.</summary>
/// <param name="Listener">The agent that the listener belongs to; empty for a listener of everybody.</param>
/// <param name="Address">Where the connection comes from; null when there is none, as for a child process.</param>
public readonly record struct AgentClues(string Listener, IPAddress? Address)
{
    /// <summary>The token that was shown; empty for none. Never kept.</summary>
    public string Token { get; init; } = string.Empty;

    /// <summary>The name that the agent gives itself: recorded where it is not the one it is known by, and worth nothing else.</summary>
    public string Claim { get; init; } = string.Empty;

    /// <summary>Where a proxy in front says that its client is: a claim like a name; null for none.</summary>
    public IPAddress? ClaimedAddress { get; init; }
}
