namespace Postern.Engine.Policy;

/// <summary>A policy and its identity; swapped whole, pinned per exchange.</summary>
/// <param name="Revision">Counts up with each reload.</param>
/// <param name="Hash">SHA-256 of the canonical configuration, lower-case hex.</param>
/// <param name="Policy">The compiled rules of the house.</param>
public sealed record PolicySnapshot(long Revision, string Hash, SecurityPolicy Policy)
{
    /// <summary>The same revision as it is for one agent, by name; for anybody else itself.</summary>
    public PolicySnapshot For(string agent) => Policy.Agents.PolicyOf(agent) is { } own ? this with { Policy = own } : this;
}
