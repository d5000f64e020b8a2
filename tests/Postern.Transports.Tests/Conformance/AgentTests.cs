using Postern.Engine.Policy;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Who acts, and what a session may use, on every transport by which agents act.</summary>
public sealed class AgentTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Theory]
    [MemberData(nameof(Transports.Acting), MemberType = typeof(Transports))]
    public async Task Every_record_names_the_agent(string transport)
    {
        await using var speaker = await Transports.Of(transport).Start();
        speaker.World.Policies.Swap(TestPolicies.Default("agents: [{ name: builder }]\ndefault_agent_identity: builder"), "agents");
        await using var talk = await speaker.OpenAsync();

        Assert.True(await talk.PassesAsync("hello"));

        Assert.All(speaker.World.Evidence.Records, static kept => Assert.Equal("builder", kept.Actor));
    }

    [Theory]
    [MemberData(nameof(Transports.Charged), MemberType = typeof(Transports))]
    public async Task Each_agent_has_its_own_policy(string transport)
    {
        await using var speaker = await Transports.Of(transport).Start();
        speaker.World.Policies.Swap(TestPolicies.Default("agents: [{ name: builder, policy: { budget: { max_bytes_per_session: 1 } } }]\ndefault_agent_identity: builder"), "agents");
        await using var talk = await speaker.OpenAsync();

        Assert.False(await talk.PassesAsync("hello"));

        Assert.Contains("session.budget.bytes", speaker.World.Evidence.RefusedRules);
        Assert.Empty(speaker.World.Upstream.Requests);
    }

    [Theory]
    [MemberData(nameof(Transports.Acting), MemberType = typeof(Transports))]
    public async Task Whom_nothing_identifies_gets_nothing_where_the_operator_wants_that(string transport)
    {
        await using var speaker = await Transports.Of(transport).Start();
        speaker.World.Policies.Swap(TestPolicies.Default("refuse_unknown_agents: true"), "known only");
        await using var talk = await speaker.OpenAsync();

        Assert.False(await talk.PassesAsync("hello"));

        Assert.All(speaker.World.Evidence.Records, static kept => Assert.Equal(["operation.unknown-agent"], kept.Rules));
        Assert.Empty(speaker.World.Upstream.Requests);
    }

    [Theory]
    [MemberData(nameof(Transports.Asking), MemberType = typeof(Transports))]
    public async Task A_session_has_so_many_requests_and_no_more(string transport)
    {
        await using var speaker = await Transports.Of(transport).Start();
        speaker.World.Policies.Swap(TestPolicies.Default("budget: { max_requests_per_session: 4 }"), "budget");
        var talks = new List<ITalk>();
        var passed = 0;
        for (; passed < 5; passed++)
        {
            talks.Add(await speaker.OpenAsync());
            if (!await talks[^1].PassesAsync("hello"))
            {
                break;
            }
        }

        Assert.InRange(passed, 1, 4);
        Assert.Contains("session.budget.requests", speaker.World.Evidence.RefusedRules);
        foreach (var talk in talks)
        {
            await talk.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Transports.Lasting), MemberType = typeof(Transports))]
    public async Task An_airlock_that_closes_cuts_what_runs(string transport)
    {
        await using var speaker = await Transports.Of(transport).Start();
        speaker.World.Policies.Swap(TestPolicies.Default("adaptive_enforcement: { enabled: true, escalation_threshold: 1 }\nairlock: { enabled: true, on_elevated: drain, on_high: drain, on_critical: drain }"), "airlock");
        await using var running = await speaker.OpenAsync();
        Assert.True(await running.PassesAsync("before"));

        using var client = new HttpClient(new SocketsHttpHandler { Proxy = new System.Net.WebProxy(new Uri("http://" + speaker.World.Address)) });
        using var leak = await client.GetAsync(new Uri("http://plain.test/?key=" + Leaks.Secret), TestContext.Current.CancellationToken);

        await running.FarEnd.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        await using var another = await speaker.OpenAsync();
        Assert.False(await another.PassesAsync("anew"));
        Assert.Contains(speaker.World.Evidence.Records, static kept => kept.Effect == Effect.Deny && kept.Rules.Contains("session.adaptive.closed"));
        Assert.Contains("session.adaptive.airlock", speaker.World.Evidence.RefusedRules);
    }
}
