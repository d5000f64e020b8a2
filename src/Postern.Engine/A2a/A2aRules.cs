using Postern.Engine.Detection;

namespace Postern.Engine.A2a;

/// <summary>The rules about what agents say to each other that no wording decides.</summary>
internal static class A2aRules
{
    /// <summary>A card that sends messages where nothing may be sent.</summary>
    public static Rule CardAddress { get; } = new("tool.a2a.card-address", "Agent card with an address that must not be reached", RuleCategory.Tool, Severity.High, Confidence.High,
        "Do not use this agent: its card leads to an address that this policy forbids; allow the address if it is meant to be reached.");

    /// <summary>An answer under another context or task than was asked.</summary>
    public static Rule OtherContext { get; } = new("tool.a2a.other-context", "Answer in another context than was asked", RuleCategory.Tool, Severity.High, Confidence.High,
        "Begin a new context with the agent; it answered as part of a conversation that is not this one.");

    /// <summary>All of them, for the catalogue.</summary>
    public static IEnumerable<Rule> All => [CardAddress, OtherContext];
}
