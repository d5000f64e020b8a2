using Postern.Bench.Destination;
using Postern.Bench.Detection;
using Postern.Bench.Evidence;
using Postern.Bench.Inspection;
using Postern.Bench.Matching;
using Postern.Bench.Mcp;
using Postern.Bench.Proxy;
using Postern.Bench.Sharing;
using Postern.Bench.Views;

namespace Postern.Bench;

/// <summary>Every benchmark by name: <c>Postern.Bench NAME [--data DIR] [--benign DIR] [--only TEXT] [--verbose]</c>. A new one is one line.</summary>
internal static class BenchTable
{
    private static readonly (string Name, Func<BenchOptions, int> Run)[] s_all =
    [
        ("matching", Done(static options => MatchingBench.Run(options.Data))),
        ("views", Done(ViewsBench.Run)),
        ("inspect", Done(InspectBench.Run)),
        ("stages", Done(StageBench.Run)),
        ("rules", Done(RuleCostBench.Run)),
        ("proxy", static options => ProxyBench.Run(options.Data)),
        ("websocket", Done(static options => SocketBench.Run(options.Data))),
        ("mcp", Done(static _ => McpBench.Run())),
        ("startup", Done(static _ => StartupBench.Run())),
        ("evidence", Done(static options => EvidenceBench.Run(Console.Out, options.Data ?? Path.GetTempPath()))),
        ("sharing", Done(static options => SharingBench.Run(options.Data ?? throw new ArgumentException("--data CONNECTION")))),
        ("detection", DetectionBench.Run),
        ("url", Done(static _ => UrlBench.Run())),
    ];

    /// <summary>Runs what the arguments name.</summary>
    public static int Run(string[] args)
    {
        var chosen = Array.Find(s_all, entry => args.Length > 0 && entry.Name == args[0]);
        if (chosen.Run is null)
        {
            Console.Error.WriteLine("usage: Postern.Bench NAME [--data DIR] [--benign DIR] [--only TEXT] [--verbose], NAME one of: " + string.Join(", ", s_all.Select(static entry => entry.Name)));
            return 2;
        }

        return chosen.Run(BenchOptions.Parse(args));
    }

    private static Func<BenchOptions, int> Done(Action<BenchOptions> bench) => options =>
    {
        bench(options);
        return 0;
    };
}
