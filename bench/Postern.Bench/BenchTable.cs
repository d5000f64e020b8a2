using Postern.Bench.Destination;
using Postern.Bench.Detection;
using Postern.Bench.Evidence;
using Postern.Bench.Inspection;
using Postern.Bench.Matching;
using Postern.Bench.Proxy;
using Postern.Bench.Views;

namespace Postern.Bench;

/// <summary>Every benchmark by name: <c>Postern.Bench NAME [--data DIR]</c>. A new one is one line.</summary>
internal static class BenchTable
{
    private static readonly (string Name, Func<string?, int> Run)[] s_all =
    [
        ("matching", Done(MatchingBench.Run)),
        ("views", Done(ViewsBench.Run)),
        ("inspect", Done(InspectBench.Run)),
        ("rules", Done(RuleCostBench.Run)),
        ("proxy", ProxyBench.Run),
        ("startup", Done(static _ => StartupBench.Run())),
        ("evidence", Done(static data => EvidenceBench.Run(Console.Out, data ?? Path.GetTempPath()))),
        ("detection", static data => DetectionBench.Run(data ?? throw new ArgumentException("detection needs --data DIR"))),
        ("url", Done(static _ => UrlBench.Run())),
    ];

    /// <summary>Runs what the arguments name.</summary>
    public static int Run(string[] args)
    {
        var at = Array.IndexOf(args, "--data");
        var data = at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        var chosen = Array.Find(s_all, entry => args.Length > 0 && entry.Name == args[0]);
        if (chosen.Run is null)
        {
            Console.Error.WriteLine("usage: Postern.Bench NAME [--data DIR], NAME one of: " + string.Join(", ", s_all.Select(static entry => entry.Name)));
            return 2;
        }

        return chosen.Run(data);
    }

    private static Func<string?, int> Done(Action<string?> bench) => data =>
    {
        bench(data);
        return 0;
    };
}
