using System.Text;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Monitoring;
using Postern.Transports.Secrets;
using Postern.Transports.Control;
using Postern.Transports.Sharing;

namespace Postern.Program.Running;

/// <summary>What this instance shares with others. Nothing of the database's client is loaded where there is none.</summary>
internal sealed class SharedState : IAsyncDisposable
{
    private const int MaxFileBytes = 64 * 1024;
    private const int MinSecret = 32;

    private readonly SharedDatabase _database;
    private SharedWatch? _watch;

    private SharedState(SharedDatabase database)
    {
        (_database, Sessions) = (database, new SharedSessions(database));
    }

    /// <summary>The monitors' states.</summary>
    public ISessionStore Sessions { get; }

    /// <summary>Keys the fingerprints in states.</summary>
    public ReadOnlyMemory<byte> FingerprintKey => _database.FingerprintKey;

    /// <summary>What <paramref name="section"/> describes; null when it describes nothing. Nobody is asked yet.</summary>
    /// <exception cref="ConfigException">A file is missing, open to others, or does not hold what it should.</exception>
    public static SharedState? Open(SharedStateSection section) => section.ConnectionFile.Length == 0 ? null : OpenDatabase(section);

    /// <summary>Begins to follow the other instances; everything is halted until the database was heard of.</summary>
    public void Follow(KillSwitch halt, TimeProvider time, Action<string> say)
    {
        var watch = _watch = new SharedWatch(_database, halt, time);
        watch.Said += say;
        halt.Shared = watch;
        watch.Start();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
        {
            await _watch.DisposeAsync().ConfigureAwait(false);
        }

        await _database.DisposeAsync().ConfigureAwait(false);
    }

    private static SharedState OpenDatabase(SharedStateSection section)
    {
        var secret = Read(section.KeyFile, "shared_state.key_file");
        if (secret.Length < MinSecret)
        {
            throw new ConfigException($"shared_state.key_file: fewer than {MinSecret} characters; make one with 'openssl rand -base64 48'");
        }

        var connection = Read(section.ConnectionFile, "shared_state.connection_file");
        try
        {
            return new SharedState(new SharedDatabase(connection, Encoding.UTF8.GetBytes(secret), TimeSpan.FromMilliseconds(section.TimeoutMs)));
        }
        catch (InvalidDataException e)
        {
            throw new ConfigException(e.Message);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            // What it says may repeat what it was given.
            throw new ConfigException("shared_state.connection_file: not a connection string of Npgsql, such as Host=db.example;Database=postern;Username=postern;Password=...");
        }
    }

    private static string Read(string path, string key)
    {
        try
        {
            return PrivateFile.Read(path, MaxFileBytes, key).Trim();
        }
        catch (InvalidDataException e)
        {
            throw new ConfigException(e.Message);
        }
    }
}
