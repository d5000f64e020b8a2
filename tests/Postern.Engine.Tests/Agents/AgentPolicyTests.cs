using System.Net;
using Postern.Engine.Agents;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Schema;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Configuration;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Agents;

/// <summary>What holds for one agent alone.</summary>
public sealed class AgentPolicyTests
{
    public static TheoryData<string> Shared => [.. ConfigKeys.All.Where(static key => !key.Path.Contains("[]", StringComparison.Ordinal) && key.Setting.Kind is not SectionKind && !OverridesKind.Admits(key.Path, key.Setting)).Select(static key => key.Path)];

    [Theory]
    [InlineData("own", "https://own.example/", null)]
    [InlineData("own", "https://example.com/", "destination.not-allowed")]
    [InlineData("watched", "https://own.example/", null)]
    [InlineData("", "https://example.com/", null)]
    [InlineData("nobody", "https://own.example/", null)]
    public async Task Each_agent_is_judged_by_its_own_policy(string agent, string url, string? rule)
    {
        var world = new TestWorld("""
            agents:
              - name: own
                policy: { mode: strict, api_allowlist: [own.example] }
              - name: watched
                policy: { enforce: false }
            """);
        var exchange = new Exchange(new AgentIdentity(agent.Length == 0 ? "local" : agent, agent), "forward", new PolicySnapshot(1, "hash", world.Policy));
        var refused = await world.RuleAsync(exchange, TestWorld.Request(url));
        Assert.Equal(rule is null, refused is null);
    }

    /// <summary>The judged destination is remembered, and an address that one agent may reach another must not.</summary>
    [Fact]
    public async Task What_passed_for_one_agent_has_not_passed_for_another()
    {
        var world = new TestWorld("""
            agents:
              - name: inside
                policy: { trusted_domains: [intranet.example] }
            """, address: "10.1.2.3");
        var snapshot = new PolicySnapshot(1, "hash", world.Policy);
        Assert.Null(await world.RuleAsync(new Exchange(new AgentIdentity("inside", "inside"), "forward", snapshot), TestWorld.Request("https://intranet.example/")));
        Assert.NotNull(await world.RuleAsync(new Exchange(AgentIdentity.Local, "forward", snapshot), TestWorld.Request("https://intranet.example/")));
        Assert.Null(await world.RuleAsync(new Exchange(new AgentIdentity("inside", "inside"), "forward", snapshot), TestWorld.Request("https://intranet.example/")));
    }

    [Theory]
    [InlineData("{ nothing: 1 }", "unknown key")]
    [InlineData("{ budget: { max_requests_per_sessoin: 1 } }", "did you mean 'max_requests_per_session'?")]
    [InlineData("{ budget: { max_requests_per_session: -1 } }", "must be")]
    [InlineData("{ budget: 5 }", "expected a section")]
    [InlineData("{ mode: strict }", "names none")]
    [InlineData("{ airlock: { enabled: true } }", "adaptive_enforcement.enabled")]
    [InlineData("{ mcp_input_scanning: { enabled: true } }", "always inspected")]
    public void What_is_wrong_in_a_policy_of_one_agent_is_said(string policy, string why)
    {
        var read = ConfigReader.Read($"agents:\n  - name: one\n    policy: {policy}\n", "test.yaml");
        var errors = read.Config is null ? read.Errors.Select(static error => error.ToString()) : PolicyCompiler.Compile(read.Config).Errors;
        Assert.Contains(why, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shared))]
    public void What_is_one_for_the_whole_program_no_agent_can_have_of_its_own(string key)
    {
        var section = string.Concat(key.Split('.')[..^1].Select(static part => $"{{ {part}: ")) + $"{{ {key.Split('.')[^1]}: 1 }}" + new string('}', key.Count(static c => c == '.'));
        var read = ConfigReader.Read($"agents:\n  - name: one\n    policy: {section}\n", "test.yaml");
        Assert.Contains("one for the whole program", Assert.Single(read.Errors).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Own => [.. SettingChanges.Table.Where(static row => !row.Key.Contains("[]", StringComparison.Ordinal) && OverridesKind.Admits(row.Key, ConfigKeys.Find(row.Key)!.Setting)).Select(static row => row.Key)];

    /// <summary>Whatever somebody writes for an agent holds for it, or is an error: never silence.</summary>
    [Theory]
    [MemberData(nameof(Own))]
    public void What_is_written_for_an_agent_makes_its_configuration(string key)
    {
        var (_, before, after, _) = SettingChanges.Table.Single(row => row.Key == key);
        var yaml = string.Concat(KeyYaml.Set(key, after).Split('\n').Select(static line => "      " + line + "\n"));
        var config = Bound.Whole(KeyYaml.Set(key, before) + $"agents:\n  - name: one\n    policy:\n{yaml}");

        var alone = AgentCompiler.Alone(config, config.Agents[0].Policy);

        Assert.Empty(ConfigDiff.Compare(SettingChanges.Bind(key, after), alone));
        Assert.NotEmpty(ConfigDiff.Compare(SettingChanges.Bind(key, before), alone));
    }

    [Theory]
    [InlineData("tokens: [t-1], listeners: [127.0.0.1:1]", "tokens: [t-1]", "same token")]
    [InlineData("source_cidrs: [10.0.0.0/8]", "source_cidrs: [10.0.0.0/8]", "same address range")]
    [InlineData("listeners: [127.0.0.1:9001]", "listeners: [127.0.0.1:9001]", "is taken by")]
    public void Nobody_is_two_agents(string one, string two, string why)
    {
        var read = ConfigReader.Read($"agents:\n  - {{ name: one, {one} }}\n  - {{ name: two, {two} }}\n", "test.yaml");
        Assert.Contains(why, Assert.Single(read.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default_agent_identity: nobody", "no such agent")]
    [InlineData("agents: [{ name: one }]\ndefault_agent_identity: one\nrefuse_unknown_agents: true", "nobody is unknown")]
    [InlineData("agents: [{ name: local }]", "are taken")]
    [InlineData("agents: [{ name: a/b }]", "expected 1 to 64")]
    public void What_cannot_be_meant_is_an_error(string yaml, string why) =>
        Assert.Contains(why, Assert.Single(ConfigReader.Read(yaml, "test.yaml").Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void A_token_is_compared_whole_and_never_shown()
    {
        var read = ConfigReader.Read("agents: [{ name: one, tokens: [planted-token-1] }]", "test.yaml");
        var agents = PolicyCompiler.Compile(read.Config!).Policy!.Agents;
        Assert.Equal("one", agents.Identify(new AgentClues("", IPAddress.Loopback) { Token = "planted-token-1" }).Agent);
        Assert.Equal("", agents.Identify(new AgentClues("", IPAddress.Loopback) { Token = "planted-token-12" }).Agent);
        Assert.Equal("", agents.Identify(new AgentClues("", IPAddress.Loopback) { Token = new string('x', 5000) }).Agent);
        Assert.DoesNotContain("planted", ConfigHash.Canonical(read.Config!), StringComparison.Ordinal);
    }

    /// <summary>What one agent has of its own no longer depends on what everybody has.</summary>
    [Theory]
    [InlineData("enforce: true", "enforce: false", "{ enforce: true }", new[] { "enforce" })]
    [InlineData("enforce: true", "enforce: true", "{ enforce: false }", new[] { "agents[one].policy.enforce" })]
    public void A_reload_names_what_it_weakens_for_whom(string before, string after, string policy, string[] keys)
    {
        PosternConfig Read(string yaml, string own) => ConfigReader.Read($"{yaml}\nagents: [{{ name: one, tokens: [t-of-agent-one-1], policy: {own} }}]", "test.yaml").Config!;
        Assert.Equal(keys, ConfigDiff.Weakenings(Read(before, "{ enforce: true }"), Read(after, policy)).Select(static change => change.Key));
    }
}
