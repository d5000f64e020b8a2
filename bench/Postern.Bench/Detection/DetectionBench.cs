using System.Diagnostics;
using System.Globalization;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Secrets;
using Postern.Engine.Flow;

namespace Postern.Bench.Detection;

/// <summary>
/// Measures the built-in detectors: what they block on ordinary files, and recall and precision on labelled specimens. Found is what
/// the balanced default blocks; a warning counts for nothing.
/// </summary>
internal static class DetectionBench
{
    /// <summary>Runs over the development data; prints one line per figure.</summary>
    public static int Run(BenchOptions options)
    {
        var watch = Stopwatch.StartNew();
        var table = RuleTable.Load();
        var secrets = new SecretDetector(table);
        var injections = new InjectionDetector(table);
        Print($"load {watch.Elapsed.TotalMilliseconds:F1} ms, {table.Rules.Count} rules, {table.Rules.Count(static r => r.Category == RuleCategory.Secret)} of them for secrets");
        if (options.Data is { } data)
        {
            var traffic = Directory.GetFiles(Path.Combine(data, "benign-traffic-dev"), "*.txt");
            new BenignRun(options.Verbose, "traffic out", secrets, Direction.Outbound).Print(traffic);
            new BenignRun(options.Verbose, "traffic in", injections, Direction.Inbound).Print(traffic);
            new LabelledRun(options.Verbose, "secret", secrets, Direction.Outbound).Print(Path.Combine(data, "secrets-dev.jsonl"));
            InjectionBench.Run(data);
        }

        if (options.Benign is { } benign)
        {
            new BenignRun(options.Verbose, "benign out", secrets, Direction.Outbound).Print(Directory.GetFiles(benign, "*", SearchOption.AllDirectories));
        }

        return 0;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
