using System.Net;
using System.Net.Sockets;
using Npgsql;
using Postern.Engine.Monitoring;

namespace Postern.Transports.Sharing;

/// <summary>
/// The PostgreSQL that instances share. Everything that goes wrong there is a <see cref="StateUnavailableException"/> with the server's code and never its words,
/// which may repeat what was sent, or the connection's text.
/// </summary>
public sealed class SharedDatabase : IAsyncDisposable
{
    /// <summary>Connections of one instance; a decision holds one for a round trip.</summary>
    private const int MaxConnections = 16;

    private readonly NpgsqlDataSource _source;
    private long _aheadMs;

    /// <summary>A database that nobody has asked yet.</summary>
    /// <param name="connection">A connection string of Npgsql, credentials included.</param>
    /// <param name="secret">What all instances share; it seals states.</param>
    /// <param name="timeout">How long an answer may take.</param>
    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    public SharedDatabase(string connection, ReadOnlyMemory<byte> secret, TimeSpan timeout)
    {
        (Seal, Timeout) = (new StateSeal(secret), timeout);
        var seconds = (int)Math.Max(1, Math.Ceiling(timeout.TotalSeconds));
        var builder = new NpgsqlSlimDataSourceBuilder(connection);
        var settings = builder.ConnectionStringBuilder;
        if (settings.SslMode < SslMode.VerifyCA && !IsNear(settings.Host))
        {
            throw new InvalidDataException("shared_state.connection_file: a database on another machine needs SSL Mode=VerifyFull; whoever is on the way could put back states and the kill switch");
        }

        // Nobody waits for a server to confirm that it gives up.
        (settings.Timeout, settings.CommandTimeout, settings.CancellationTimeout) = (seconds, seconds, -1);
        (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.MaxPoolSize) = (16, 2, MaxConnections);
        (settings.ApplicationName, settings.IncludeErrorDetail, settings.PersistSecurityInfo) = ("postern", false, false);

        // A power cut of the database's machine may cost the last half second of states; waiting for its disk would cost every decision milliseconds.
        settings.Options ??= "-c synchronous_commit=off";
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        _source = builder.Build();
    }

    /// <summary>On this machine, by socket or loopback.</summary>
    private static bool IsNear(string? host) => (host ?? "").Split(',').All(static one => one.StartsWith('/') || one == "localhost" || (IPAddress.TryParse(one, out var address) && IPAddress.IsLoopback(address)));

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>Keys the fingerprints in states, alike in all instances.</summary>
    public ReadOnlyMemory<byte> FingerprintKey => Seal.FingerprintKey;

    internal StateSeal Seal { get; }

    /// <summary>Milliseconds of the database's wall clock, as far as it was last compared.</summary>
    internal long NowMs(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds() + Interlocked.Read(ref _aheadMs);

    /// <summary>Runs <paramref name="work"/> over one connection of the pool.</summary>
    /// <exception cref="StateUnavailableException">It failed, or took too long.</exception>
    internal async ValueTask<T> AskAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Timeout);
        try
        {
            await using var connection = await _source.OpenConnectionAsync(limit.Token).ConfigureAwait(false);
            return await work(connection, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOutage(e) && !cancel.IsCancellationRequested)
        {
            throw new StateUnavailableException(Words(e));
        }
    }

    /// <summary>A connection of the caller's own, outside the limits of <see cref="AskAsync"/>.</summary>
    internal ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancel) => _source.OpenConnectionAsync(cancel);

    /// <summary>Makes or renews the tables, and makes sure that this instance has the secret of the others.</summary>
    /// <exception cref="StateUnavailableException">It has not, or the tables are those of a later version.</exception>
    internal async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel).ConfigureAwait(false);
        await RunAsync(connection, SharedSchema.Lock, cancel).ConfigureAwait(false);
        await RunAsync(connection, SharedSchema.Begin, cancel).ConfigureAwait(false);
        var (version, check) = await VersionAsync(connection, cancel).ConfigureAwait(false);
        if (version > SharedSchema.Migrations.Length)
        {
            throw new StateUnavailableException($"the tables are of version {version}, which this program does not know");
        }

        if (check is not null && !check.AsSpan().SequenceEqual(Seal.Check))
        {
            throw new StateUnavailableException("the database is used with another secret than that of shared_state.key_file");
        }

        for (; version < SharedSchema.Migrations.Length; version++)
        {
            await RunAsync(connection, SharedSchema.Migrations[version], cancel).ConfigureAwait(false);
            await using var done = new NpgsqlCommand("insert into postern_schema (version, key_check) values ($1, $2)", connection)
            {
                Parameters = { new NpgsqlParameter<int> { TypedValue = version + 1 }, new NpgsqlParameter<byte[]> { TypedValue = Seal.Check } },
            };
            await done.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Compares this machine's clock with the database's.</summary>
    internal async Task CompareClocksAsync(NpgsqlConnection connection, TimeProvider time, CancellationToken cancel)
    {
        await using var ask = new NpgsqlCommand("select (extract(epoch from clock_timestamp()) * 1000)::bigint", connection);
        var began = time.GetUtcNow();
        var theirs = (long)(await ask.ExecuteScalarAsync(cancel).ConfigureAwait(false))!;
        var ours = began + ((time.GetUtcNow() - began) / 2);
        Interlocked.Exchange(ref _aheadMs, theirs - ours.ToUnixTimeMilliseconds());
    }

    /// <summary>True for what a network and a server do.</summary>
    internal static bool IsOutage(Exception e) => e is NpgsqlException or SocketException or IOException or TimeoutException or OperationCanceledException;

    /// <summary>What went wrong, in a code and no more.</summary>
    internal static string Words(Exception e) => e switch
    {
        StateUnavailableException => e.Message,
        PostgresException refused => $"the database refused (SQLSTATE {refused.SqlState})",
        OperationCanceledException or TimeoutException or NpgsqlException { InnerException: TimeoutException } => "the database does not answer in time",
        _ => "the database cannot be reached",
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }

    private static async Task<(int Version, byte[]? Check)> VersionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var ask = new NpgsqlCommand("select version, key_check from postern_schema order by version desc limit 1", connection);
        await using var rows = await ask.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        return await rows.ReadAsync(cancel).ConfigureAwait(false) ? (rows.GetInt32(0), rows.GetFieldValue<byte[]>(1)) : (0, null);
    }
}
