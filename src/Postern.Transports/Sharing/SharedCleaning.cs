using Npgsql;
using Postern.Engine.Monitoring;

namespace Postern.Transports.Sharing;

/// <summary>Clears away, now and then, what nobody used for long and what is too much. Any instance may, all may: it is the same work once.</summary>
internal sealed class SharedCleaning(SharedDatabase database, TimeProvider time) : IAsyncDisposable
{
    /// <summary>States that nobody changed for so many days are gone, whatever they were; the longest window is a week.</summary>
    private const int MaxIdleDays = 30;

    /// <summary>States in the database; beyond, the oldest go that need not be kept.</summary>
    private const int MaxStates = 1_000_000;

    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(10);

    private static readonly string s_clean = $"""
        delete from postern_state where used_at < now() - interval '{MaxIdleDays} days';
        delete from postern_state where not must_keep and used_at < (select used_at from postern_state where not must_keep order by used_at desc offset {MaxStates} limit 1);
        delete from postern_session s where used_at < now() - interval '{MaxIdleDays} days' and not exists (select from postern_state t where t.actor = s.actor)
        """;

    private readonly CancellationTokenSource _ended = new();
    private Task _running = Task.CompletedTask;
    private long _last = time.GetTimestamp();

    /// <summary>Begins when it is time again, and does not wait.</summary>
    public void Begin()
    {
        if (_running.IsCompleted && time.GetElapsedTime(_last) >= s_period)
        {
            _last = time.GetTimestamp();
            _running = CleanAsync(_ended.Token);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _ended.Dispose();
    }

    /// <summary>Cleans now. What fails is done the next time.</summary>
    internal async Task CleanAsync(CancellationToken cancel)
    {
        try
        {
            await using var connection = await database.ConnectAsync(cancel).ConfigureAwait(false);
            await using var clean = new NpgsqlCommand(s_clean, connection) { CommandTimeout = (int)s_period.TotalSeconds };
            await clean.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (SharedDatabase.IsOutage(e))
        {
        }
    }
}
