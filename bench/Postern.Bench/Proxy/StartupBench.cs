using System.Diagnostics;
using System.Globalization;

namespace Postern.Bench.Proxy;

/// <summary>From the start of the process to the first healthy answer, and what the idle process holds.</summary>
internal static class StartupBench
{
    private const int Starts = 7;

    /// <summary>Prints best and median of several starts.</summary>
    public static void Run()
    {
        using var home = new BenchHome();
        var found = Enumerable.Range(0, Starts).Select(_ => Once(home)).ToArray();
        Report("wall to healthy, ms", found.Select(static f => f.Wall));
        Report("CPU to healthy, ms", found.Select(static f => f.Cpu));
        Report("resident, MiB", found.Select(static f => f.Resident));
    }

    private static (double Wall, double Cpu, double Resident) Once(BenchHome home)
    {
        var port = BenchHome.FreePort();
        var watch = Stopwatch.StartNew();
        using var server = ChildServer.Start("dotnet", [BuiltProgram.Path, "run", "--home", home.In("home"), "--listen", $"127.0.0.1:{port}"]);
        server.WaitFor(port);
        using var client = new ProxyClient(port);
        client.Get("/health", $"127.0.0.1:{port}");
        return (watch.Elapsed.TotalMilliseconds, server.CpuMicroseconds / 1000, server.ResidentMiB);
    }

    private static void Report(string name, IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} best {sorted[0]:F0}, median {sorted[sorted.Length / 2]:F0}"));
    }
}
