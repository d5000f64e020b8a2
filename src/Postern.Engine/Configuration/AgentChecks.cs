namespace Postern.Engine.Configuration;

/// <summary>What must hold between agents: nobody may be two of them.</summary>
internal static class AgentChecks
{
    private const int ShortToken = 16;

    /// <summary>Checks.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="refuse">Takes the key and what is wrong with it.</param>
    /// <param name="warn">Takes the key and what is probably not meant.</param>
    public static void Run(PosternConfig config, Action<string, string> refuse, Action<string, string> warn)
    {
        var agents = config.Agents;
        RefuseShared(agents.SelectMany(static agent => agent.Tokens), "agents", "two agents have the same token", refuse);
        RefuseShared(agents.SelectMany(static agent => agent.SourceCidrs), "agents", "two agents have the same address range", refuse);
        if (config.DefaultAgentIdentity.Length > 0 && !agents.Any(agent => agent.Name.Equals(config.DefaultAgentIdentity, StringComparison.OrdinalIgnoreCase)))
        {
            refuse("default_agent_identity", "there is no such agent in agents");
        }

        if (config is { DefaultAgentIdentity.Length: > 0, RefuseUnknownAgents: true })
        {
            refuse("refuse_unknown_agents", "with default_agent_identity nobody is unknown; set one of them");
        }

        foreach (var agent in agents)
        {
            if (agent is { Listeners.Count: 0, SourceCidrs.Count: 0, Tokens.Count: 0 } && !agent.Name.Equals(config.DefaultAgentIdentity, StringComparison.OrdinalIgnoreCase))
            {
                warn("agents", $"nothing identifies {agent.Name}, so nobody is");
            }

            if (agent.Tokens.Any(static token => token.Reveal().Length < ShortToken))
            {
                warn("agents", $"a token of {agent.Name} is shorter than {ShortToken} characters and can be guessed");
            }
        }
    }

    private static void RefuseShared<T>(IEnumerable<T> all, string key, string why, Action<string, string> refuse)
    {
        var seen = new HashSet<T>();
        if (!all.All(seen.Add))
        {
            refuse(key, why);
        }
    }
}
