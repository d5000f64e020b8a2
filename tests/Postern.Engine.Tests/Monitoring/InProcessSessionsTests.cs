using Postern.Engine.Monitoring;

namespace Postern.Engine.Tests.Monitoring;

public sealed class InProcessSessionsTests
{
    [Fact]
    public async Task Forgets_what_belongs_to_one_actor_and_nothing_else()
    {
        var sessions = new InProcessSessions();
        Assert.True(await CommitAsync(sessions, new SessionKey(1, 7, "one"), 0, 1));
        Assert.True(await CommitAsync(sessions, new SessionKey(1, 7, "two"), 0, 2));
        await sessions.ForgetAsync("one", 0, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await LoadAsync(sessions, new SessionKey(1, 7, "one"))).Version);
        Assert.NotEqual(0, (await LoadAsync(sessions, new SessionKey(1, 7, "two"))).Version);
    }

    private static readonly SessionKey s_key = new(1, 7);

    [Fact]
    public async Task What_was_committed_is_loaded_under_a_new_version()
    {
        var sessions = new InProcessSessions();
        Assert.Equal((0, 0), await LoadAsync(sessions, s_key));
        Assert.True(await CommitAsync(sessions, s_key, 0, 5));
        Assert.Equal((1, 5), await LoadAsync(sessions, s_key));
        Assert.Equal((0, 0), await LoadAsync(sessions, new SessionKey(2, 7)));
    }

    [Fact]
    public async Task The_slower_of_two_writers_has_to_look_again()
    {
        var sessions = new InProcessSessions();
        Assert.True(await CommitAsync(sessions, s_key, 0, 5));
        Assert.False(await CommitAsync(sessions, s_key, 0, 6));
        Assert.True(await CommitAsync(sessions, s_key, 1, 7));
        Assert.Equal((2, 7), await LoadAsync(sessions, s_key));
    }

    [Fact]
    public async Task A_flood_of_sessions_forgets_the_oldest_use_and_stays_bounded()
    {
        const int Bound = 16;
        var sessions = new InProcessSessions(Bound);
        Assert.True(await CommitAsync(sessions, s_key, 0, 5));
        for (var i = 100; i < 100 + (Bound * 4); i++)
        {
            // What is used stays.
            Assert.Equal((1, 5), await LoadAsync(sessions, s_key));
            Assert.True(await CommitAsync(sessions, new SessionKey(1, (UInt128)i), 0, 1));
        }

        var kept = 0;
        for (var i = 100; i < 100 + (Bound * 4); i++)
        {
            kept += (await LoadAsync(sessions, new SessionKey(1, (UInt128)i))).Version != 0 ? 1 : 0;
        }

        Assert.InRange(kept, 1, Bound - 1);
    }

    [Fact]
    public async Task A_forgotten_state_is_never_written_over_as_if_it_were_known()
    {
        var sessions = new InProcessSessions(maxSessions: 1);
        Assert.True(await CommitAsync(sessions, s_key, 0, 5));
        Assert.True(await CommitAsync(sessions, new SessionKey(1, 8), 0, 1));
        Assert.False(await CommitAsync(sessions, s_key, 1, 6));
    }

    [Fact]
    public async Task A_batch_is_committed_whole_or_not_at_all()
    {
        var sessions = new InProcessSessions();
        var cancel = TestContext.Current.CancellationToken;
        var (first, second) = (Batch(), Batch());
        await sessions.LoadAsync(first, cancel);
        await sessions.LoadAsync(second, cancel);
        first.StateOf(1)[0] = 7;
        Assert.True(await sessions.TryCommitAsync(first, cancel));

        second.StateOf(0)[0] = 9;
        Assert.False(await sessions.TryCommitAsync(second, cancel));
        await sessions.LoadAsync(second, cancel);
        Assert.Equal((0, 7), (second.StateOf(0)[0], second.StateOf(1)[0]));
    }

    [Fact]
    public async Task A_state_that_nothing_was_put_into_takes_no_room()
    {
        var sessions = new InProcessSessions();
        Assert.True(await CommitAsync(sessions, s_key, 0, 0));
        Assert.Equal((0, 0), await LoadAsync(sessions, s_key));
    }

    private static StateBatch Batch()
    {
        var batch = new StateBatch();
        batch.Begin("agent");
        batch.Add(1, 7, 2);
        batch.Add(2, 7, 3000);
        return batch;
    }

    private static async Task<(int Version, int First)> LoadAsync(InProcessSessions sessions, SessionKey key)
    {
        var state = new byte[] { 0xFF, 0xFF };
        var version = await sessions.LoadAsync(key, state, TestContext.Current.CancellationToken);
        return ((int)version, state[0]);
    }

    private static ValueTask<bool> CommitAsync(InProcessSessions sessions, SessionKey key, long version, byte value) =>
        sessions.TryCommitAsync(key, version, [value, 0], mustKeep: false, TestContext.Current.CancellationToken);
}
