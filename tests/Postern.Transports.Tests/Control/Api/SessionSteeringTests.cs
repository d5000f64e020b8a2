using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring;
using Postern.Engine.Tests.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Control.Live;
using Postern.Transports.Telemetry;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Control.Api;

/// <summary>What operators see and move of a session's level, airlock and task.</summary>
public sealed class SessionSteeringTests
{
    [Fact]
    public async Task An_airlock_is_closed_cuts_what_runs_and_is_released()
    {
        await using var world = await ControlWorld.StartAsync();
        world.Parts.Policies.Swap(TestPolicies.Default("adaptive_enforcement: { enabled: true }"), "scored");
        await SeeAsync(world);
        var running = world.Switch.Halted("builder|10.1.1.1");

        Assert.Equal("none", (await world.AskAsync("sessions/builder|10.1.1.1/explain")).Answer.GetProperty("airlock").GetString());
        var (status, moved) = await world.AskAsync("sessions/builder|10.1.1.1/airlock", """{"tier":"hard"}""");

        Assert.Equal((200, "hard", "normal"), (status, moved.GetProperty("airlock").GetString(), moved.GetProperty("level").GetString()));
        Assert.InRange(moved.GetProperty("airlock_ends_in_seconds").GetInt32(), 200, 300);
        Assert.True(running.IsCancellationRequested);
        Assert.Contains("airlock", (await world.AskAsync("sessions/builder|10.1.1.1/explain")).Answer.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal("none", (await world.AskAsync("sessions/builder|10.1.1.1/release", "{}")).Answer.GetProperty("airlock").GetString());
        Assert.Equal(["airlock of session builder|10.1.1.1: hard by operator#1", "session builder|10.1.1.1 released by operator#1"], world.Notes);
    }

    [Fact]
    public async Task Where_sessions_are_not_scored_there_is_no_airlock_to_move()
    {
        await using var world = await ControlWorld.StartAsync();
        await SeeAsync(world);
        Assert.Equal(409, (await world.AskAsync("sessions/builder|10.1.1.1/airlock", """{"tier":"hard"}""")).Status);
        Assert.False((await world.AskAsync("sessions/builder|10.1.1.1/explain")).Answer.TryGetProperty("level", out _));
        Assert.Empty(world.Notes);
    }

    /// <summary>Taint is monitor 13; a budget (11) is the agent's, whatever it works on.</summary>
    [Fact]
    public async Task A_new_task_forgets_taint_and_nothing_else()
    {
        await using var world = await ControlWorld.StartAsync();
        await SeeAsync(world);
        var (taint, budget) = (new SessionKey(13, 7, "builder|10.1.1.1"), new SessionKey(11, 7, "builder|10.1.1.1"));
        foreach (var key in new[] { taint, budget })
        {
            Assert.True(await world.States.TryCommitAsync(key, 0, [1, 0, 0, 0], mustKeep: false, TestContext.Current.CancellationToken));
        }

        Assert.Equal(200, (await world.AskAsync("sessions/builder|10.1.1.1/task", """{"label":"next"}""")).Status);

        Assert.Equal(0, await world.States.LoadAsync(taint, new byte[4], TestContext.Current.CancellationToken));
        Assert.NotEqual(0, await world.States.LoadAsync(budget, new byte[4], TestContext.Current.CancellationToken));
        Assert.Equal(["session builder|10.1.1.1 begins the task 'next', by operator#1"], world.Notes);
    }

    [Fact]
    public async Task A_flood_of_addresses_makes_the_book_forget_the_oldest_and_stay_bounded()
    {
        var book = new SessionBook();
        var tap = new DecisionTap(new FaultyEvidence(), TimeProvider.System, [book]);
        for (var i = 0; i < 10_001; i++)
        {
            await tap.AppendAsync(Draft("client|" + i), TestContext.Current.CancellationToken);
        }

        Assert.InRange(book.All.Count, 5_000, 10_000);
        Assert.NotNull(book.Find("client|10000"));
    }

    private static async Task SeeAsync(ControlWorld world) => await world.Tap.AppendAsync(Draft("builder|10.1.1.1"), TestContext.Current.CancellationToken);

    private static EvidenceDraft Draft(string actor) => new()
    {
        Kind = EvidenceKind.Ruling,
        Actor = actor,
        Transport = "forward",
        Message = MessageKind.Request,
        Direction = Direction.Outbound,
        Effect = Effect.Allow,
        PolicyHash = "abc",
        Note = "",
    };
}
