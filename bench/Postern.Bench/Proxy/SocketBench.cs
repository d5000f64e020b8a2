using System.Globalization;
using System.Text;
using Postern.Bench.Matching;

namespace Postern.Bench.Proxy;

/// <summary>
/// What a WebSocket costs the built program: round trips of 1 KiB on one connection, inspected both ways, next to the same without a
/// proxy, the same text always and another each time; and the memory of many that are silent.
/// </summary>
internal static class SocketBench
{
    private const int PayloadBytes = 1024;
    private const int RoundTrips = 20_000;
    private const int Idle = 5000;

    /// <summary>Prints the table.</summary>
    public static void Run(string? dataDirectory)
    {
        using var home = new BenchHome();
        home.MakeCertificate();
        using var echo = new SocketEcho();
        var port = BenchHome.FreePort();
        using var postern = BenchServers.Postern(home, BuiltProgram.Path, port);
        Silent(port, echo.Port, postern);
        var corpus = BenchCorpora.All(dataDirectory).Single(static corpus => corpus.Name == "source").Text.Select(static b => b < 0x80 ? b : (byte)'.').ToArray();
        var texts = corpus.Take(100 * PayloadBytes).Chunk(PayloadBytes).ToArray();
        var json = Encoding.UTF8.GetBytes("{\"type\":\"message\",\"id\":17,\"text\":\"" + string.Concat(Enumerable.Repeat("All work and no play makes a dull day. ", 25)) + "\"}");
        SocketClient Forward() => new(port, $"http://127.0.0.1:{echo.Port}/");
        var direct = Measure("no proxy", () => new SocketClient(echo.Port, "/"), texts, null);
        Added(direct, Measure("same text", Forward, texts[..1], postern));
        Added(direct, Measure("other texts", Forward, texts, postern));
        Added(direct, Measure("same JSON", Forward, [json], postern));
        Added(direct, Measure("same text, /ws", () => new SocketClient(port, $"/ws?url=ws://127.0.0.1:{echo.Port}/"), texts[..1], postern));
    }

    private static TimeSpan Measure(string name, Func<SocketClient> open, byte[][] payloads, ChildServer? server)
    {
        using var client = open();
        client.Echo(payloads, RoundTrips / 2);
        var cpu = server?.CpuMicroseconds;
        var times = client.Echo(payloads, RoundTrips);
        var perSecond = RoundTrips / times.Aggregate(TimeSpan.Zero, static (sum, time) => sum + time).TotalSeconds;
        Array.Sort(times);
        var median = times[RoundTrips / 2];
        Print($"{name,-24}{perSecond,10:F0} /s   p50{median.TotalMicroseconds,7:F1} us   p99{times[RoundTrips * 99 / 100].TotalMicroseconds,7:F1} us   CPU{(server?.CpuMicroseconds - cpu) / RoundTrips,6:F1} us");
        return median;
    }

    private static void Added(TimeSpan direct, TimeSpan proxied) => Print($"{"",-24}p50 added {(proxied - direct).TotalMicroseconds:F1} us");

    private static void Silent(int port, int echoPort, ChildServer postern)
    {
        var before = postern.ResidentMiB;
        byte[][] hello = ["hello"u8.ToArray()];
        var clients = new List<SocketClient>();
        try
        {
            for (var i = 0; i < Idle; i++)
            {
                clients.Add(new SocketClient(port, $"/ws?url=ws://127.0.0.1:{echoPort}/"));
            }

            Print($"{Idle} silent: resident {before:F0} -> {postern.ResidentMiB:F0} MiB");
            clients.ForEach(client => client.Echo(hello, 1));
            Print($"after a word from each: {postern.ResidentMiB:F0} MiB");
        }
        finally
        {
            clients.ForEach(static client => client.Dispose());
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
