using Postern.Transports.Control;
using Postern.Transports.Sharing;

namespace Postern.Transports.Tests.Sharing;

/// <summary>One kill switch for all that share a database, and what happens when it goes away.</summary>
public sealed class SharedWatchTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [NeedsFact(PostgresServer.Needed)]
    public async Task What_one_halts_halts_all_and_any_lets_go()
    {
        await using var world = await SharingWorld.StartAsync(server);
        await using var one = new Follower(world);
        await using var two = new Follower(world);

        one.Switch.Set(isOn: true, "ann");
        await two.UntilAsync(static at => at.IsHeldBy(HaltSource.Shared));
        two.Switch.Set(isOn: false, "bob");
        await one.UntilAsync(static at => !at.IsHalted);

        two.Switch.Stop("agent", isStopped: true, "bob");
        await one.UntilAsync(static at => at.Stops("agent") && !at.Stops("another"));
        one.Switch.Stop("agent", isStopped: false, "ann");
        await two.UntilAsync(static at => !at.Stops("agent"));
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task Who_begins_later_finds_what_is_halted()
    {
        await using var world = await SharingWorld.StartAsync(server);
        await using (var one = new Follower(world))
        {
            one.Switch.Set(isOn: true, "ann");
        }

        await using var later = new Follower(world);
        Assert.True(later.Switch.IsHeldBy(HaltSource.Shared));
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task A_database_that_goes_away_halts_everything_until_it_is_back()
    {
        await using var world = await SharingWorld.StartAsync(server);
        await using var one = new Follower(world);
        Assert.False(one.Switch.IsHalted);

        await server.StopAsync();
        await one.UntilAsync(static at => at.IsHeldBy(HaltSource.Unreachable));
        await server.StartAsync();
        await one.UntilAsync(static at => !at.IsHalted);

        Assert.Equal(["shared state: the database answers", "shared state: the database answers"], one.Said.Where(static said => said.Contains("answers", StringComparison.Ordinal)));
        Assert.DoesNotContain(one.Said, static said => said.Contains("planted", StringComparison.Ordinal));
    }

    [NeedsFact(PostgresServer.Needed)]
    public async Task What_nobody_used_for_long_is_cleared_away()
    {
        await using var world = await SharingWorld.StartAsync(server);
        await world.ScalarAsync("insert into postern_session values ('old', 1, now() - interval '31 days'), ('busy', 1, now())");
        await world.ScalarAsync("""
            insert into postern_state values ('old', 1, ''::bytea, ''::bytea, true, now() - interval '31 days'),
                ('busy', 1, ''::bytea, ''::bytea, false, now() - interval '31 days'), ('busy', 2, ''::bytea, ''::bytea, false, now())
            """);
        await using (var cleaning = new SharedCleaning(world.Database, TimeProvider.System))
        {
            await cleaning.CleanAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("busy2busy", await world.ScalarAsync("select (select string_agg(actor || monitor, ',') from postern_state) || (select string_agg(actor, ',') from postern_session)"));
    }

    private sealed class Follower : IAsyncDisposable
    {
        private readonly SharedWatch _watch;
        private readonly SemaphoreSlim _changes = new(0);

        public Follower(SharingWorld world)
        {
            _watch = new SharedWatch(world.Open(), Switch, TimeProvider.System);
            _watch.Said += what =>
            {
                lock (Said)
                {
                    Said.Add(what);
                }
            };
            Switch.Shared = _watch;
            Switch.Changed += _ => _changes.Release();
            _watch.Start();
        }

        public KillSwitch Switch { get; } = new(TimeProvider.System);

        public List<string> Said { get; } = [];

        public async Task UntilAsync(Func<KillSwitch, bool> isSo)
        {
            while (!isSo(Switch))
            {
                Assert.True(await _changes.WaitAsync(s_patience, TestContext.Current.CancellationToken), string.Join('\n', Said));
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _watch.DisposeAsync();
            Switch.Dispose();
            _changes.Dispose();
        }
    }
}
