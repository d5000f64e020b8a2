using System.Diagnostics;
using System.Globalization;
using Postern.Bench.Matching;

namespace Postern.Bench.Proxy;

/// <summary>
/// What a request costs the built program: processor time of its process per request, next to squid's for the same
/// requests and the same upstream (nginx). Needs <c>nginx</c> and <c>squid</c>; says which is missing.
/// </summary>
internal static class ProxyBench
{
    /// <summary>Connections at once for the forward rows: enough to keep a proxy busy, as agents with several tools do.</summary>
    private const int Connections = 8;

    private const int WarmUp = 24_000;
    private const int Small = 40_000;
    private const int Large = 6_000;
    private const int Tunnels = 500;

    /// <summary>Prints the table.</summary>
    public static int Run(string? dataDirectory)
    {
        var missing = Array.Find(["nginx", "squid"], static name => !Paths().Any(path => File.Exists(Path.Combine(path, name))));
        if (missing is not null)
        {
            Console.Error.WriteLine(missing + " is not installed");
            return 1;
        }

        using var home = new BenchHome();
        home.MakePages(BenchCorpora.All(dataDirectory).First().Text);
        home.MakeCertificate();
        var (port, tlsPort) = (BenchHome.FreePort(), BenchHome.FreePort());
        using var nginx = BenchServers.Nginx(home, port, tlsPort);
        var (posternPort, squidPort) = (BenchHome.FreePort(), BenchHome.FreePort());
        using var postern = BenchServers.Postern(home, BuiltProgram.Path, posternPort);
        using var squid = BenchServers.Squid(home, squidPort);
        Console.WriteLine($"forward: {Connections} connections; intercepted: one; one request at a time on each; CPU of the proxy's process");
        var plain = $"127.0.0.1:{port}";
        Compare("GET 1 KiB, forward", Small, () => Forward(posternPort, plain, "k1.txt"), postern, () => Forward(squidPort, plain, "k1.txt"), squid);
        Compare("GET 100 KiB, forward", Large, () => Forward(posternPort, plain, "k100.txt"), postern, () => Forward(squidPort, plain, "k100.txt"), squid);
        Compare("GET 1 KiB, new each time", Small, () => Forward(posternPort, plain, "new/k1.txt"), postern, () => Forward(squidPort, plain, "new/k1.txt"), squid);
        Compare("GET 100 KiB, new each time", Large / 2, () => Forward(posternPort, plain, "new/k100.txt"), postern, () => Forward(squidPort, plain, "new/k100.txt"), squid);
        Tunnel("CONNECT", posternPort, tlsPort, postern);
        Tunnel("CONNECT (squid)", squidPort, tlsPort, squid);
        Measure("GET 1 KiB, intercepted", 1, Small / 2, () => Intercepted(home, posternPort, tlsPort), postern);
        Download(home, (posternPort, tlsPort), postern);
        return 0;
    }

    private static void Compare(string name, int count, Func<(ProxyClient, Action)> ours, ChildServer postern, Func<(ProxyClient, Action)> theirs, ChildServer squid)
    {
        var cost = Measure(name, Connections, count, ours, postern);
        var compared = Measure(name + " (squid)", Connections, count, theirs, squid);
        Print($"{"",-32}{cost / compared,10:F2} times squid");
    }

    private static double Measure(string name, int connections, int count, Func<(ProxyClient Client, Action Once)> open, ChildServer server)
    {
        var clients = Enumerable.Range(0, connections).Select(_ => open()).ToArray();
        try
        {
            Everybody(clients, Math.Min(WarmUp, count) / connections);
            var cpu = server.CpuMicroseconds;
            var watch = Stopwatch.StartNew();
            Everybody(clients, count / connections);
            var cost = (server.CpuMicroseconds - cpu) / count;
            Print($"{name,-32}{cost,10:F0} us/request{count / watch.Elapsed.TotalSeconds,10:F0} /s{server.ResidentMiB,8:F0} MiB");
            return cost;
        }
        finally
        {
            Array.ForEach(clients, static pair => pair.Client.Dispose());
        }
    }

    private static void Everybody((ProxyClient Client, Action Once)[] clients, int count)
    {
        var threads = Array.ConvertAll(clients, pair => new Thread(() => Repeat(count, pair.Once)));
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
    }

    private static (ProxyClient Client, Action Once) Forward(int proxyPort, string host, string page)
    {
        var client = new ProxyClient(proxyPort);
        return (client, () => client.Get($"http://{host}/{page}", host));
    }

    private static (ProxyClient Client, Action Once) Intercepted(BenchHome home, int proxyPort, int tlsPort)
    {
        var client = new ProxyClient(proxyPort);
        client.Connect(tlsPort);
        client.Encrypt(home.Authority);
        return (client, () => client.Get("/k1.txt", $"127.0.0.1:{tlsPort}"));
    }

    private static void Tunnel(string name, int proxyPort, int tlsPort, ChildServer server)
    {
        void Once()
        {
            using var client = new ProxyClient(proxyPort);
            client.Connect(tlsPort);
        }

        Repeat(Tunnels, Once);
        var cpu = server.CpuMicroseconds;
        Repeat(Tunnels, Once);
        Print($"{name,-32}{(server.CpuMicroseconds - cpu) / Tunnels,10:F0} us/tunnel");
    }

    private static void Download(BenchHome home, (int Proxy, int Tls) ports, ChildServer server)
    {
        using var client = new ProxyClient(ports.Proxy);
        client.Connect(ports.Tls);
        client.Encrypt(home.Authority);
        var (cpu, resident) = (server.CpuMicroseconds, server.ResidentMiB);
        var bytes = client.Get("/big.bin", $"127.0.0.1:{ports.Tls}");
        Print($"{"2 GiB, intercepted",-32}{bytes / (server.CpuMicroseconds - cpu),10:F0} MB/s of CPU, resident {resident:F0} -> {server.ResidentMiB:F0} MiB");
    }

    private static void Repeat(int count, Action once)
    {
        for (var i = 0; i < count; i++)
        {
            once();
        }
    }

    private static string[] Paths() => [.. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':'), "/usr/sbin"];

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
