using System.Text;
using Npgsql;
using Postern.Transports.Sharing;

namespace Postern.Transports.Tests.Sharing;

/// <summary>A database of one test, and instances that share it.</summary>
internal sealed class SharingWorld : IAsyncDisposable
{
    private static int s_last;
    private readonly List<IAsyncDisposable> _opened = [];

    private SharingWorld(string connection)
    {
        Connection = connection;
        Database = Open();
    }

    public string Connection { get; }

    public SharedDatabase Database { get; }

    public static async Task<SharingWorld> StartAsync(PostgresServer server)
    {
        var name = "test" + Interlocked.Increment(ref s_last);
        await AskAsync(server.Connection, "create database " + name);
        var world = new SharingWorld(new NpgsqlConnectionStringBuilder(server.Connection) { Database = name, Pooling = true }.ConnectionString);
        await using var connection = await world.Database.ConnectAsync(TestContext.Current.CancellationToken);
        await world.Database.MigrateAsync(connection, TestContext.Current.CancellationToken);
        await world.Database.MigrateAsync(connection, TestContext.Current.CancellationToken);
        return world;
    }

    public SharedDatabase Open(string secret = "one secret of the operator.......")
    {
        var database = new SharedDatabase(Connection, Encoding.ASCII.GetBytes(secret), TimeSpan.FromSeconds(10));
        _opened.Add(database);
        return database;
    }

    /// <summary>Another process, as far as the store can tell.</summary>
    public SharedSessions Instance() => new(Open());

    public Task<object?> ScalarAsync(string sql) => AskAsync(Connection, sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }
    }

    private static async Task<object?> AskAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
