using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Secrets;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Bench.Detection;

/// <summary>Measures the built-in detectors: false findings on ordinary traffic, recall on labelled specimens, speed, start-up.</summary>
public static class DetectionBench
{
    /// <summary>Runs over the development data; prints one line per figure, and every false finding when <c>verbose</c> is set.</summary>
    public static int Run(string dataDirectory, bool verbose = false)
    {
        var watch = Stopwatch.StartNew();
        var table = RuleTable.Load();
        var secrets = new SecretDetector(table);
        var injections = new InjectionDetector(table);
        Print($"load {watch.Elapsed.TotalMilliseconds:F1} ms, {table.Rules.Count} rules");
        Traffic(dataDirectory, secrets, injections, verbose);
        Labelled(Path.Combine(dataDirectory, "secrets-dev.jsonl"), "secret", secrets, Direction.Outbound, verbose);
        InjectionBench.Run(dataDirectory);
        return 0;
    }

    private static void Traffic(string dataDirectory, SecretDetector secrets, InjectionDetector injections, bool verbose)
    {
        long bytes = 0;
        var severe = new Dictionary<string, int>(StringComparer.Ordinal);
        var elapsed = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(dataDirectory, "benign-traffic-dev"), "*.txt"))
        {
            var content = File.ReadAllBytes(file);
            bytes += content.Length;
            foreach (var (name, detector, direction) in new (string, IDetector, Direction)[]
                { ("secret", secrets, Direction.Outbound), ("injection", injections, Direction.Inbound) })
            {
                var watch = Stopwatch.StartNew();
                var hits = Detect(detector, content, direction);
                elapsed[name] = elapsed.GetValueOrDefault(name) + watch.Elapsed.TotalSeconds;
                for (var i = 0; i < hits.Count; i++)
                {
                    Count(severe, hits[i]);
                    if (verbose)
                    {
                        Print($"  {Path.GetFileName(file)} {hits[i].Rule.Id} {hits[i].Rule.Severity}/{hits[i].Confidence} {Excerpt(content, hits[i])}");
                    }
                }
            }
        }

        var megabytes = bytes / 1e6;
        Print($"traffic {megabytes:F2} MB");
        foreach (var (key, count) in severe.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            Print($"  {key}: {count} ({count / megabytes:F2} per MB)");
        }

        foreach (var (name, seconds) in elapsed)
        {
            Print($"  {name}: {megabytes / seconds:F0} MB/s");
        }
    }

    private static void Labelled(string file, string positive, IDetector detector, Direction direction, bool verbose)
    {
        var (found, missed, falseAlarms, silent) = (0, 0, 0, 0);
        var bySource = new SortedDictionary<string, (int Hit, int All)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file))
        {
            using var row = JsonDocument.Parse(line);
            var text = Encoding.UTF8.GetBytes(row.RootElement.GetProperty("text").GetString()!);
            var label = row.RootElement.GetProperty("label").GetString()!;
            var hits = Detect(detector, text, direction);
            var matters = Enumerable.Range(0, hits.Count).Any(i => hits[i].Rule.Severity >= Severity.Medium && hits[i].Confidence >= Confidence.Medium);
            var key = $"{label} {row.RootElement.GetProperty("source").GetString()}{(row.RootElement.TryGetProperty("weak_label", out _) ? " weak" : "")}{(row.RootElement.TryGetProperty("context_only", out _) ? " context" : "")}";
            var sum = bySource.GetValueOrDefault(key);
            bySource[key] = (sum.Hit + (matters ? 1 : 0), sum.All + 1);
            _ = (label == positive, matters) switch { (true, true) => found++, (true, false) => missed++, (false, true) => falseAlarms++, _ => silent++ };
            if (verbose && (label == positive) != matters)
            {
                var rule = hits.Count > 0 ? hits[0].Rule.Id : "-";
                Print($"  {(matters ? "FALSE" : "MISS")} {key} {rule}: {Encoding.UTF8.GetString(text, 0, Math.Min(160, text.Length)).ReplaceLineEndings("\\n")}");
            }
        }

        Print($"{Path.GetFileName(file)}: recall {100.0 * found / (found + missed):F1} %, false alarms {100.0 * falseAlarms / (falseAlarms + silent):F1} %, precision {100.0 * found / (found + falseAlarms):F1} %");
        foreach (var (key, (hit, all)) in bySource)
        {
            Print($"  {key}: {hit} of {all}");
        }
    }

    /// <summary>Non-ASCII text counts as folded here; the fold itself belongs to the views.</summary>
    private static HitList Detect(IDetector detector, byte[] text, Direction direction)
    {
        var hits = new HitList();
        detector.Detect(new View(text, ViewChain.Raw.Then(Decoding.Fold), PartKind.Body, direction), hits);
        return hits;
    }

    private static void Count(Dictionary<string, int> severe, Hit hit)
    {
        var key = $"{hit.Rule.Category} {hit.Rule.Severity} {hit.Confidence}";
        severe[key] = severe.GetValueOrDefault(key) + 1;
    }

    private static string Excerpt(byte[] text, Hit hit)
    {
        var start = Math.Max(0, hit.Start - 20);
        return Encoding.UTF8.GetString(text, start, Math.Min(text.Length - start, Math.Min(hit.Length, 80) + 30)).ReplaceLineEndings("\\n");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
