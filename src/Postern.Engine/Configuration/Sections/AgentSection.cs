using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>An agent, and what holds for it alone. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record AgentSection : ISection
{
    /// <summary>What evidence calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Addresses that are its own.</summary>
    public IReadOnlyList<string> Listeners { get; init; } = [];

    /// <summary>Where it connects from.</summary>
    public IReadOnlyList<string> SourceCidrs { get; init; } = [];

    /// <summary>What it shows.</summary>
    public IReadOnlyList<SecretText> Tokens { get; init; } = [];

    /// <summary>What holds for it alone.</summary>
    public ConfigOverrides Policy { get; init; } = ConfigOverrides.None;

    /// <summary>What it may reach when postern starts it.</summary>
    public SandboxSection Sandbox { get; init; } = new();

    static SectionSchema ISection.Schema => field ??= new(
        "An agent, by what it cannot choose freely: its listener, then its token, then its address. See docs/agents.md.",
        new Field<AgentSection>("name", KindOf.Text(TextFormats.AgentName), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What evidence, sessions and metrics call it; unique in the list. local and client are taken by agents without a profile.") { IsRequired = true },
        new Field<AgentSection>("listeners", KindOf.Texts(NetworkFormats.Listen), Weakens.WhenGrown,
            s => s.Listeners, (s, v) => s with { Listeners = (IReadOnlyList<string>)v },
            "Addresses like fetch_proxy.listen that are this agent's own: whoever connects there is this agent, whatever else it shows.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<AgentSection>("source_cidrs", KindOf.Texts(NetworkFormats.CidrException), Weakens.WhenGrown,
            s => s.SourceCidrs, (s, v) => s with { SourceCidrs = (IReadOnlyList<string>)v },
            "Addresses this agent connects from; the longest range of all agents wins."),
        new Field<AgentSection>("tokens", KindOf.Secrets, Weakens.WhenGrown,
            s => s.Tokens, (s, v) => s with { Tokens = (IReadOnlyList<SecretText>)v },
            "What this agent shows as X-Postern-Agent-Token, or in Proxy-Authorization (Bearer, or the password of Basic). Never sent on. A name in X-Postern-Agent proves nothing."),
        new Field<AgentSection>("policy", KindOf.Overrides, Weakens.Never,
            s => s.Policy, (s, v) => s with { Policy = (ConfigOverrides)v },
            "Keys of this file with the values they have for this agent; everything else is as at the top level. Lists replace, they do not add. What weakens protection there does so here."),
        Nested.Of("sandbox", (AgentSection s) => s.Sandbox, (s, v) => s with { Sandbox = v },
            "What it may reach beyond the top level's sandbox when it is started by postern run or postern sandbox with --agent NAME. Lists are added to the top level's; strict there or here is strict.", isOutsidePolicy: true));
}
