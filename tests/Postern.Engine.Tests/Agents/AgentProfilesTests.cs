using System.Net;
using Postern.Engine.Agents;
using Postern.Engine.Configuration;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Agents;

/// <summary>Who somebody is, and what decides about it.</summary>
public sealed class AgentProfilesTests
{
    private const string Agents = """
        agents:
          - { name: listening, listeners: [127.0.0.1:9001], source_cidrs: [10.0.0.0/8] }
          - { name: showing, tokens: [token-of-showing-1, token-of-showing-2] }
          - { name: near, source_cidrs: [10.1.0.0/16, "2001:db8::/32"] }

        """;

    [Theory]
    [InlineData("", "127.0.0.1", "", "local")]
    [InlineData("", "192.0.2.1", "", "client|192.0.2.1")]
    [InlineData("listening", "127.0.0.1", "", "listening")]
    [InlineData("listening", "10.1.2.3", "token-of-showing-1", "listening|10.1.2.3")]
    [InlineData("gone", "127.0.0.1", "", "local")]
    [InlineData("", "10.1.2.3", "token-of-showing-2", "showing|10.1.2.3")]
    [InlineData("", "10.1.2.3", "token-of-showing", "near|10.1.2.3")]
    [InlineData("", "10.1.2.3", "", "near|10.1.2.3")]
    [InlineData("", "10.2.2.3", "", "listening|10.2.2.3")]
    [InlineData("", "::ffff:10.1.2.3", "", "near|10.1.2.3")]
    [InlineData("", "2001:db8:1:2:3:4:5:6", "", "near|2001:db8:1:2::/64")]
    [InlineData("", "2001:db9:1:2:3:4:5:6", "", "client|2001:db9:1:2::/64")]
    [InlineData("", "127.9.9.9", "token-of-showing-1", "showing")]
    public void Listener_then_token_then_the_longest_range_decide(string listener, string address, string token, string actor) =>
        Assert.Equal(actor, Identify(Agents, new AgentClues(listener, IPAddress.Parse(address)) { Token = token }).Actor);

    [Theory]
    [InlineData("", "10.1.2.3", "token-of-nobody-1", true)]
    [InlineData("", "127.0.0.1", "token-of-nobody-2", true)]
    [InlineData("", "127.0.0.1", "", false)]
    [InlineData("", "127.0.0.1", "token-of-showing-1", false)]
    public void A_wrong_token_is_nobody(string listener, string address, string token, bool refused) =>
        Assert.Equal(refused, Identify(Agents, new AgentClues(listener, IPAddress.Parse(address)) { Token = token }).IsRefused);

    [Theory]
    [InlineData("near", "", "local", "near")]
    [InlineData("near", "token-of-showing-1", "showing", "near")]
    [InlineData("SHOWING", "token-of-showing-1", "showing", "")]
    [InlineData("nobody", "", "local", "")]
    public void A_name_is_heard_and_grants_nothing(string claim, string token, string actor, string heard)
    {
        var identity = Identify(Agents, new AgentClues("", IPAddress.Loopback) { Token = token, Claim = claim });
        Assert.Equal((actor, heard), (identity.Actor, identity.Claim));
    }

    [Theory]
    [InlineData("refuse_unknown_agents: true", "", "local", true)]
    [InlineData("refuse_unknown_agents: true", "token-of-showing-1", "showing", false)]
    [InlineData("default_agent_identity: near", "", "near", false)]
    [InlineData("default_agent_identity: near", "token-of-showing-1", "showing", false)]
    public void Whom_nothing_identifies_is_refused_or_the_default(string yaml, string token, string actor, bool refused)
    {
        var identity = Identify(Agents + yaml, new AgentClues("", IPAddress.Loopback) { Token = token });
        Assert.Equal((actor, refused), (identity.Actor, identity.IsRefused));
    }

    [Fact]
    public void Whoever_opened_a_tunnel_stays_who_it_is_and_is_refused_with_its_profile_gone()
    {
        var known = Identify(Agents, new AgentClues("listening", IPAddress.Loopback));
        Assert.Equal(known, PolicyOf(Agents + "refuse_unknown_agents: true").Agents.Again(known));
        Assert.True(PolicyOf("refuse_unknown_agents: true").Agents.Again(known).IsRefused);
        Assert.False(PolicyOf("").Agents.Again(known).IsRefused);
    }

    [Fact]
    public async Task An_unknown_agent_is_refused_with_a_record()
    {
        var world = new TestWorld("refuse_unknown_agents: true");
        var exchange = new Engine.Flow.Exchange(world.Policy.Agents.Identify(default), "forward", new Engine.Policy.PolicySnapshot(1, "hash", world.Policy));
        var refused = await world.RuleAsync(exchange, TestWorld.Request("https://example.com/"));
        Assert.Equal(("operation.unknown-agent", Engine.Inspection.RefusalKind.Unidentified), (refused!.RuleId, refused.Kind));
        Assert.Equal(0, world.Lookups);
    }

    [Fact]
    public async Task A_false_name_stands_in_the_evidence()
    {
        var world = new TestWorld(Agents);
        var exchange = new Engine.Flow.Exchange(new AgentIdentity("local", "") { Claim = "near" }, "forward", new Engine.Policy.PolicySnapshot(1, "hash", world.Policy));
        Assert.Null(await world.RuleAsync(exchange, TestWorld.Request("https://example.com/")));
        Assert.Equal(["session.agent-claimed claims to be near"], world.Found);
    }

    private static AgentIdentity Identify(string yaml, AgentClues clues) => PolicyOf(yaml).Agents.Identify(clues);

    private static Engine.Policy.SecurityPolicy PolicyOf(string yaml)
    {
        var read = ConfigReader.Read(yaml, "test.yaml");
        Assert.Empty(read.Errors);
        return PolicyCompiler.Compile(read.Config!).Policy!;
    }
}
