using System.Buffers.Binary;
using System.Collections.Concurrent;
using Npgsql;
using Postern.Engine.Monitoring;

namespace Postern.Transports.Sharing;

/// <summary>
/// Session state in PostgreSQL. A decision works on what this instance knows and sends one batch: take the next version of the actor if nobody else did,
/// store what changed, else say what is there now. That is one round trip where nobody else wrote in between, and one more each time somebody did.
/// </summary>
/// <param name="database">Where.</param>
public sealed class SharedSessions(SharedDatabase database) : ISessionStore
{
    /// <summary>States known to this instance; beyond, all are forgotten here and read again.</summary>
    private const int MaxKnown = 10_000;

    private const string Renew = """
        with turn as (update postern_session set version = $2, used_at = now() where actor = $1 and version = $7 and not exists (
            select from unnest($8::int[], $9::bytea[]) u(monitor, subject) join postern_state s on s.actor = $1 and s.monitor = u.monitor and s.subject = u.subject) returning 1)
        """ + Put;

    private const string Open = """
        with turn as (insert into postern_session (actor, version) values ($1, $2) on conflict (actor) do nothing returning 1)
        """ + Put;

    private const string Put = """
         insert into postern_state (actor, monitor, subject, body, must_keep)
        select $1, w.monitor, w.subject, w.body, w.must_keep from unnest($3::int[], $4::bytea[], $5::bytea[], $6::boolean[]) w(monitor, subject, body, must_keep)
        where exists (select from turn)
        on conflict (actor, monitor, subject) do update set body = excluded.body, must_keep = excluded.must_keep, used_at = now()
        """;

    /// <summary>Says nothing while the version is the one that is expected; else the version, 0 for none, and the states.</summary>
    private const string Read = """
        select coalesce(s.version, 0), t.monitor, t.subject, t.body from (values (1)) one left join postern_session s on s.actor = $1
        left join (unnest($3::int[], $4::bytea[]) w(monitor, subject) join postern_state t on t.actor = $1 and t.monitor = w.monitor and t.subject = w.subject) on true
        where coalesce(s.version, 0) <> $2
        """;

    /// <summary>Whoever knows the old version finds out that it is none any more; an actor that nothing was written of has none.</summary>
    private const string Pass = "update postern_session set version = $2 where actor = $1";

    private const string Drop = "delete from postern_state where actor = $1 and ($2 = 0 or monitor = $2)";

    private readonly ConcurrentDictionary<string, KnownStates> _actors = new(StringComparer.Ordinal);
    private int _known;

    /// <inheritdoc/>
    public async ValueTask LoadAsync(StateBatch batch, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Turn is null)
        {
            var actor = _actors.GetOrAdd(batch.Actor, static _ => new KnownStates());
            if (!await actor.EnterAsync(database.Timeout, cancel).ConfigureAwait(false))
            {
                throw new StateUnavailableException("too many decisions about one session wait for the database");
            }

            batch.Turn = actor;
        }

        var known = (KnownStates)batch.Turn;
        for (var i = 0; i < batch.Count; i++)
        {
            batch.StateOf(i).Clear();
            known[batch.KeyOf(i)]?.CopyTo(batch.StateOf(i));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryCommitAsync(StateBatch batch, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var known = batch.Turn as KnownStates ?? throw new InvalidOperationException("a batch is loaded before it is committed");
        var change = StateChange.Of(batch, known, database.Seal);
        var before = known.Count;

        // Whoever goes away meanwhile does not break a connection off: the answer comes within its time. What comes after is inspection, and has no
        // business on the thread that answers of the database come in on.
        var isCurrent = await database.AskAsync((connection, limit) => SendAsync(connection, batch, known, change, limit), CancellationToken.None).AsTask().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (isCurrent && change.IsWrite)
        {
            known.Learn(change.Version, batch);
        }

        Bound(known.Count - before);
        return isCurrent;
    }

    /// <inheritdoc/>
    public async ValueTask ForgetAsync(string actor, int monitor, CancellationToken cancel)
    {
        await database.AskAsync(
            async (connection, limit) =>
            {
                await using var drop = new NpgsqlBatch(connection)
                {
                    BatchCommands =
                    {
                        new NpgsqlBatchCommand(Pass) { Parameters = { Value(actor), Value(StateChange.NewVersion()) } },
                        new NpgsqlBatchCommand(Drop) { Parameters = { Value(actor), Value(monitor) } },
                    },
                };
                return await drop.ExecuteNonQueryAsync(limit).ConfigureAwait(false);
            },
            cancel).ConfigureAwait(false);
        _actors.TryRemove(actor, out _);
    }

    /// <inheritdoc/>
    public long NowMs(TimeProvider time) => database.NowMs(time);

    private async Task<bool> SendAsync(NpgsqlConnection connection, StateBatch batch, KnownStates known, StateChange change, CancellationToken cancel)
    {
        await using var commands = new NpgsqlBatch(connection);
        if (change.IsWrite)
        {
            var put = new NpgsqlBatchCommand(known.Version == 0 ? Open : Renew)
            {
                Parameters = { Value(batch.Actor), Value(change.Version), Value(change.Monitors), Value(change.Subjects), Value(change.Bodies), Value(change.MustKeep) },
            };
            if (known.Version != 0)
            {
                put.Parameters.Add(Value(known.Version));
                put.Parameters.Add(Value(change.UnknownMonitors));
                put.Parameters.Add(Value(change.UnknownSubjects));
            }

            commands.BatchCommands.Add(put);
        }

        commands.BatchCommands.Add(new NpgsqlBatchCommand(Read)
        {
            Parameters = { Value(batch.Actor), Value(change.IsWrite ? change.Version : known.Version), Value(change.AllMonitors), Value(change.AllSubjects) },
        });
        await using var rows = await commands.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        return !await LearnAsync(rows, batch, known, cancel).ConfigureAwait(false);
    }

    /// <summary>Reads what somebody else wrote; false when nobody did.</summary>
    private async Task<bool> LearnAsync(NpgsqlDataReader rows, StateBatch batch, KnownStates known, CancellationToken cancel)
    {
        var isOther = false;
        while (await rows.ReadAsync(cancel).ConfigureAwait(false))
        {
            if (!isOther)
            {
                known.Forget(rows.GetInt64(0));
                isOther = true;
            }

            if (!rows.IsDBNull(1))
            {
                var key = new SessionKey(rows.GetInt32(1), BinaryPrimitives.ReadUInt128LittleEndian(rows.GetFieldValue<byte[]>(2)), batch.Actor);
                known.Learn(key, database.Seal.Open(key, rows.GetFieldValue<byte[]>(3), LengthOf(batch, key)));
            }
        }

        return isOther;
    }

    private static int LengthOf(StateBatch batch, in SessionKey key)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch.KeyOf(i) == key)
            {
                return batch.StateOf(i).Length;
            }
        }

        throw new StateUnavailableException("the database answered with a state that nobody asked for");
    }

    /// <summary>What is known here only saves round trips: all of it can go at any time.</summary>
    private void Bound(int more)
    {
        if (more != 0 && Interlocked.Add(ref _known, more) > MaxKnown)
        {
            _actors.Clear();
            Interlocked.Exchange(ref _known, 0);
        }
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };
}
