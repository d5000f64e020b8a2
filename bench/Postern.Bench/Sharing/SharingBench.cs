using System.Diagnostics;
using System.Globalization;
using Postern.Engine.Monitoring;
using Postern.Transports.Sharing;

namespace Postern.Bench.Sharing;

/// <summary>What a decision costs at a shared PostgreSQL: load and commit of three states of one session, as a request with a rate, a data budget and a session budget does.</summary>
internal static class SharingBench
{
    private const int Decisions = 3000;
    private const int Sessions = 8;

    /// <summary>Prints the table; <paramref name="connection"/> is a connection string of Npgsql.</summary>
    public static void Run(string connection) => RunAsync(connection).GetAwaiter().GetResult();

    private static async Task RunAsync(string connection)
    {
        await using var database = new SharedDatabase(connection, new byte[32], TimeSpan.FromSeconds(10));
        await using (var first = await database.ConnectAsync(default))
        {
            await database.MigrateAsync(first, default);
        }

        SharedSessions[] one = [new(database)], two = [new(database), new(database)];
        await MeasureAsync("one instance, one session", one, 1);
        await MeasureAsync("two instances in turn, one session", two, 1);
        await MeasureAsync($"one instance, {Sessions} sessions at a time", one, Sessions);
    }

    private static async Task MeasureAsync(string name, SharedSessions[] instances, int sessions)
    {
        var micros = new double[sessions][];
        for (var warm = 0; warm < 2; warm++)
        {
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, sessions).Select(i => Task.Run(async () => micros[i] = await DecideAsync($"{name} {i}", instances))));
            if (warm == 1)
            {
                double[] all = [.. micros.SelectMany(static m => m).Order()];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-38} p50 {all[all.Length / 2],6:F0}  p99 {all[all.Length * 99 / 100],6:F0} us   {all.Length / Stopwatch.GetElapsedTime(began).TotalSeconds,7:F0} decisions/s"));
            }
        }
    }

    private static async Task<double[]> DecideAsync(string actor, SharedSessions[] instances)
    {
        var micros = new double[Decisions];
        var batch = new StateBatch();
        for (var i = 0; i < Decisions; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var store = instances[i % instances.Length];
            batch.Begin(actor);
            batch.Add(1, 1, 120);
            batch.Add(2, 1, 120);
            batch.Add(20, 2, 752);
            try
            {
                do
                {
                    await store.LoadAsync(batch, default);
                    for (var state = 0; state < batch.Count; state++)
                    {
                        batch.StateOf(state)[i % 100]++;
                    }
                }
                while (!await store.TryCommitAsync(batch, default));
            }
            finally
            {
                batch.End();
            }

            micros[i] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        }

        return micros;
    }
}
