using Npgsql;
using Postern.Engine.Monitoring;
using Postern.Transports.Control;

namespace Postern.Transports.Sharing;

/// <summary>
/// Keeps this instance and the database together: makes the tables, follows the kill switch of all instances, compares the clocks and clears away what is old.
/// While nothing is heard of the database everything is halted: whether somebody halted it cannot be known.
/// </summary>
public sealed class SharedWatch : ISharedHalt, IAsyncDisposable
{
    /// <summary>Changes are told at once; this is how long one that was not told goes unseen.</summary>
    private const int PollMs = 1_000;

    private const string Halts = "select actor from postern_halt";
    private const string On = "with put as (insert into postern_halt (actor, by_whom) values ($1, $2) on conflict (actor) do nothing)" + Tell;
    private const string Off = "with gone as (delete from postern_halt where actor = $1 and $2 is not null)" + Tell;

    /// <summary>What the operator says is on the database's disk before it is said to be so.</summary>
    private const string Tell = " select pg_notify('postern', 'halt'), set_config('synchronous_commit', 'on', true)";

    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SharedDatabase _database;
    private readonly KillSwitch _halt;
    private readonly TimeProvider _time;
    private readonly ITimer _listening;
    private readonly SharedCleaning _cleaning;
    private long _heard;
    private string _said = string.Empty;
    private Task _running = Task.CompletedTask;

    /// <summary>Halts until the database was heard of.</summary>
    public SharedWatch(SharedDatabase database, KillSwitch halt, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(halt);
        ArgumentNullException.ThrowIfNull(time);
        (_database, _halt, _time) = (database, halt, time);
        _cleaning = new SharedCleaning(database, time);
        halt.Reach(false);
        _listening = time.CreateTimer(static self => ((SharedWatch)self!).Listen(), this, s_retry, s_retry);
    }

    /// <summary>Told what goes wrong with the database, and that it is well again. Must not throw.</summary>
    public event Action<string>? Said;

    /// <summary>Begins, and waits a while for the first answer, so that whoever is served at once is not refused; without one it goes on trying.</summary>
    public void Start()
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        _met.Task.Wait(s_silence);
    }

    /// <inheritdoc/>
    public bool TrySet(string actor, bool isOn, string by)
    {
        try
        {
            // The operator waits for one small statement; nobody else does.
            _database.AskAsync((connection, limit) => SetAsync(connection, (actor, by, isOn), limit), _ended.Token).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (Exception e) when (e is StateUnavailableException or OperationCanceledException)
        {
            Say(e.Message);
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _listening.DisposeAsync().ConfigureAwait(false);
        await _cleaning.DisposeAsync().ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(_ended.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (SharedDatabase.IsOutage(e) || e is StateUnavailableException)
            {
                if (!_ended.IsCancellationRequested)
                {
                    Say(SharedDatabase.Words(e));
                    await Task.Delay(s_retry, _time, CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancel)
    {
        await using var connection = await _database.ConnectAsync(cancel).ConfigureAwait(false);
        await _database.MigrateAsync(connection, cancel).ConfigureAwait(false);
        await using (var listen = new NpgsqlCommand("listen postern", connection))
        {
            await listen.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        }

        // A word that comes while something else is asked is heard there, and would not be waited for again.
        var isTold = false;
        connection.Notification += (_, _) => isTold = true;
        while (true)
        {
            isTold = false;
            isTold |= !await FollowAsync(connection, cancel).ConfigureAwait(false);
            await _database.CompareClocksAsync(connection, _time, cancel).ConfigureAwait(false);
            Interlocked.Exchange(ref _heard, _time.GetTimestamp());
            _halt.Reach(true);
            _met.TrySetResult();
            Say("the database answers");
            _cleaning.Begin();
            if (!isTold)
            {
                await connection.WaitAsync(PollMs, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>False when the operator spoke here in the meantime: what was read may be old.</summary>
    private async Task<bool> FollowAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var epoch = _halt.Epoch;
        List<string> stopped = [];
        await using var ask = new NpgsqlCommand(Halts, connection);
        await using (var rows = await ask.ExecuteReaderAsync(cancel).ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancel).ConfigureAwait(false))
            {
                stopped.Add(rows.GetString(0));
            }
        }

        return _halt.Follow(epoch, stopped.Remove(string.Empty), stopped);
    }

    private static async Task<int> SetAsync(NpgsqlConnection connection, (string Actor, string By, bool IsOn) word, CancellationToken cancel)
    {
        await using var set = new NpgsqlCommand(word.IsOn ? On : Off, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = word.Actor }, new NpgsqlParameter<string> { TypedValue = word.By } },
        };
        return await set.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }

    private void Listen()
    {
        if (Interlocked.Read(ref _heard) is var heard && (heard == 0 || _time.GetElapsedTime(heard) > s_silence))
        {
            _halt.Reach(false);
        }
    }

    /// <summary>The same thing once: an outage is one line, and its end another.</summary>
    private void Say(string what)
    {
        if (Interlocked.Exchange(ref _said, what) != what)
        {
            Said?.Invoke("shared state: " + what);
        }
    }
}
