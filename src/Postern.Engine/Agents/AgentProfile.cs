using Postern.Engine.Detection.Destination;
using Postern.Engine.Policy;

namespace Postern.Engine.Agents;

/// <summary>An agent that is known, and what holds for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Policy">Its policy.</param>
/// <param name="Ranges">Where it connects from.</param>
/// <param name="Tokens">What it shows.</param>
internal sealed record AgentProfile(string Name, SecurityPolicy Policy, IReadOnlyList<IpRange> Ranges, TokenSet Tokens);
