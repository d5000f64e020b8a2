using System.Text;
using Npgsql;
using Postern.Engine.Monitoring;
using Postern.Transports.Sharing;

namespace Postern.Transports.Tests.Sharing;

/// <summary>States in a PostgreSQL that is there for this class.</summary>
public sealed class SharedSessionsTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly SessionKey s_key = new(1, 7, "agent");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [NeedsFact(PostgresServer.Needed)]
    public async Task What_one_instance_commits_the_other_finds_when_it_commits()
    {
        await using var world = await SharingWorld.StartAsync(server);
        var (one, two) = (world.Instance(), world.Instance());
        Assert.True(await AddAsync(one, s_key));
        Assert.False(await AddAsync(two, s_key));
        Assert.True(await AddAsync(two, s_key));
        Assert.Equal(2, await ReadAsync(one, s_key));
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task Increments_of_two_instances_are_never_lost()
    {
        const int Each = 100;
        await using var world = await SharingWorld.StartAsync(server);
        var (one, two) = (world.Instance(), world.Instance());
        await Task.WhenAll(Enumerable.Range(0, 2 * Each).Select(i => Task.Run(() => KeepAddingAsync(i % 2 == 0 ? one : two), Cancel)));
        Assert.Equal(2 * Each, await ReadAsync(two, s_key));
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task A_batch_is_committed_whole_or_not_at_all()
    {
        await using var world = await SharingWorld.StartAsync(server);
        var (one, two) = (world.Instance(), world.Instance());
        var other = new SessionKey(2, 9, "agent");
        Assert.True(await AddAsync(one, s_key, other));
        Assert.True(await AddAsync(one, other));

        // It knows nothing: the first state alone would fit, the second does not.
        Assert.False(await AddAsync(two, new SessionKey(3, 1, "agent"), other));
        Assert.True(await AddAsync(two, new SessionKey(3, 1, "agent"), other));
        Assert.Equal((1, 1, 3), (await ReadAsync(one, s_key), await ReadAsync(one, new SessionKey(3, 1, "agent")), await ReadAsync(one, other)));
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task A_state_that_only_the_other_instance_knows_is_not_taken_for_none()
    {
        await using var world = await SharingWorld.StartAsync(server);
        var (one, two) = (world.Instance(), world.Instance());
        var other = new SessionKey(2, 9, "agent");
        Assert.True(await AddAsync(one, s_key));
        Assert.True(await AddAsync(one, other));
        await KeepAddingAsync(two);
        Assert.False(await AddAsync(two, other));
        Assert.True(await AddAsync(two, other));
        Assert.Equal(2, await ReadAsync(one, other));
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task What_is_forgotten_in_one_is_forgotten_in_all()
    {
        await using var world = await SharingWorld.StartAsync(server);
        var (one, two) = (world.Instance(), world.Instance());
        var kept = new SessionKey(2, 7, "agent");
        Assert.True(await AddAsync(one, s_key, kept));
        Assert.Equal(1, await ReadAsync(two, s_key));
        await two.ForgetAsync("agent", 1, Cancel);
        Assert.Equal((0, 1), (await ReadAsync(one, s_key), await ReadAsync(two, kept)));
        await one.ForgetAsync("agent", 0, Cancel);
        Assert.Equal((0, 0), (await ReadAsync(one, kept), await ReadAsync(two, kept)));
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task Looking_writes_nothing()
    {
        await using var world = await SharingWorld.StartAsync(server);
        Assert.Equal(0, await ReadAsync(world.Instance(), s_key));
        Assert.Equal(0L, await world.ScalarAsync("select count(*) from postern_session"));
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task The_database_sees_nothing_of_a_state_and_can_make_none_up()
    {
        await using var world = await SharingWorld.StartAsync(server);
        var one = world.Instance();
        Assert.True(await PutAsync(one, "a piece of a secret"));
        Assert.Equal(0L, await world.ScalarAsync("select count(*) from postern_state where position('piece'::bytea in body) > 0"));

        await world.ScalarAsync("update postern_state set body = set_byte(body, 40, 1 + get_byte(body, 40) % 255)");
        await Assert.ThrowsAsync<StateUnavailableException>(async () => await ReadAsync(world.Instance(), s_key));
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task An_instance_with_another_secret_is_not_let_in()
    {
        await using var world = await SharingWorld.StartAsync(server);
        await using var other = world.Open("another secret of the operator...");
        await using var connection = await other.ConnectAsync(Cancel);
        var refused = await Assert.ThrowsAsync<StateUnavailableException>(() => other.MigrateAsync(connection, Cancel));
        Assert.Contains("key_file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_says_so_and_nothing_of_its_credentials()
    {
        await using var database = new SharedDatabase("Host=/nowhere;Username=somebody;Password=planted-other", new byte[32], TimeSpan.FromSeconds(2));
        var refused = await Assert.ThrowsAsync<StateUnavailableException>(async () => await AddAsync(new SharedSessions(database), s_key));
        Assert.Equal("the database cannot be reached", refused.Message);
        Assert.DoesNotContain("planted", refused.ToString(), StringComparison.Ordinal);
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task A_wrong_password_says_so_by_its_code()
    {
        await using var world = await SharingWorld.StartAsync(server);
        var wrong = new NpgsqlConnectionStringBuilder(world.Connection) { Password = "planted-wrong-one" };
        await using var database = new SharedDatabase(wrong.ConnectionString, new byte[32], TimeSpan.FromSeconds(5));
        var refused = await Assert.ThrowsAsync<StateUnavailableException>(async () => await AddAsync(new SharedSessions(database), s_key));
        Assert.Equal("the database refused (SQLSTATE 28P01)", refused.Message);
        Assert.DoesNotContain("planted", refused.ToString(), StringComparison.Ordinal);
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task Clocks_of_instances_mean_the_same()
    {
        await using var world = await SharingWorld.StartAsync(server);
        var (early, late) = (new ShiftedClock(TimeSpan.FromHours(-1)), new ShiftedClock(TimeSpan.FromHours(2)));
        await using var connection = await world.Database.ConnectAsync(Cancel);
        await using var other = world.Open();
        await world.Database.CompareClocksAsync(connection, early, Cancel);
        await other.CompareClocksAsync(connection, late, Cancel);
        Assert.InRange(new SharedSessions(world.Database).NowMs(early) - new SharedSessions(other).NowMs(late), -5_000, 5_000);
    }

    /// <summary>Adds 1 to the first byte of each state, as two monitors of one decision would.</summary>
    private static async Task<bool> AddAsync(SharedSessions store, params SessionKey[] keys)
    {
        var batch = Batch(keys);
        try
        {
            await store.LoadAsync(batch, Cancel);
            for (var i = 0; i < keys.Length; i++)
            {
                batch.StateOf(i)[0]++;
            }

            return await store.TryCommitAsync(batch, Cancel);
        }
        finally
        {
            batch.End();
        }
    }

    private static async Task<bool> PutAsync(SharedSessions store, string text)
    {
        var batch = Batch(s_key);
        await store.LoadAsync(batch, Cancel);
        Encoding.ASCII.GetBytes(text, batch.StateOf(0));
        var isPut = await store.TryCommitAsync(batch, Cancel);
        batch.End();
        return isPut;
    }

    private static async Task KeepAddingAsync(SharedSessions store)
    {
        while (!await AddAsync(store, s_key))
        {
        }
    }

    /// <summary>What is there, confirmed.</summary>
    private static async Task<int> ReadAsync(SharedSessions store, SessionKey key)
    {
        var batch = Batch(key);
        try
        {
            do
            {
                await store.LoadAsync(batch, Cancel);
            }
            while (!await store.TryCommitAsync(batch, Cancel));

            return batch.StateOf(0)[0];
        }
        finally
        {
            batch.End();
        }
    }

    private static StateBatch Batch(params SessionKey[] keys)
    {
        var batch = new StateBatch();
        batch.Begin(keys[0].Actor);
        foreach (var key in keys)
        {
            batch.Add(key.Monitor, key.Subject, 64);
        }

        return batch;
    }

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
    }
}
