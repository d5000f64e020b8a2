using Postern.Engine.Agents;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Configuration;

/// <summary>The agents of the configuration, each with a policy of its own.</summary>
internal static class AgentCompiler
{
    /// <summary>Compiles.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="compile">Compiles the configuration as it is for one agent.</param>
    /// <param name="errors">What is wrong.</param>
    public static AgentProfiles Compile(PosternConfig config, Func<PosternConfig, PolicyCompilation> compile, List<string> errors)
    {
        var profiles = new List<AgentProfile>(config.Agents.Count);
        foreach (var agent in config.Agents)
        {
            var compiled = compile(Alone(config, agent.Policy));
            errors.AddRange(compiled.Errors.Select(error => $"agents[{agent.Name}].policy: {error}"));
            if (compiled.Policy is { } policy)
            {
                profiles.Add(new AgentProfile(agent.Name, policy, RangesOf(agent.SourceCidrs), new TokenSet(agent.Tokens)));
            }
        }

        return profiles.Count == 0 && config is { DefaultAgentIdentity.Length: 0, RefuseUnknownAgents: false } ? AgentProfiles.None : new([.. profiles], config.DefaultAgentIdentity, config.RefuseUnknownAgents);
    }

    /// <summary>As it is for one agent, who knows of no other.</summary>
    public static PosternConfig Alone(PosternConfig config, ConfigOverrides own) => own.ApplyTo(config) with { Agents = [], DefaultAgentIdentity = "", RefuseUnknownAgents = false };

    /// <summary>The schema refused what is no range.</summary>
    private static IReadOnlyList<IpRange> RangesOf(IReadOnlyList<string> written) =>
        [.. written.Select(static text => IpRange.TryParse(text, out var range) ? range : default)];
}
