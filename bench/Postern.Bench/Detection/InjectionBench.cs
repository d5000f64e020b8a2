using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Bench.Detection;

/// <summary>
/// What the default policy refuses of labelled texts, per source and language, and of ordinary traffic; and how fast views, injection rules
/// and the learned model are together. The built-in model was trained on the development split: its rows say that nothing broke, and the
/// figures of generalisation are those of the training program (injection-model.txt).
/// </summary>
internal sealed class InjectionBench
{
    private readonly SecurityPolicy _policy = PolicyCompiler.Compile(PosternConfig.Default).Policy!;
    private readonly ViewBuilder _views = new(new ViewLimits());
    private readonly HitList _hits = new();

    public static void Run(string data)
    {
        var bench = new InjectionBench();
        bench.Labelled(Path.Combine(data, "injection-dev.jsonl"));
        foreach (var file in Corpora())
        {
            bench.Labelled(file);
        }

        bench.Traffic(Path.Combine(data, "benign-traffic-dev"));
        bench.Speed("English", "The river is wide here, and boats carry wood to the town; the market opens at nine on every second day of the week. ");
        bench.Speed("Russian", "Река здесь широкая, и лодки возят лес в город; рынок открывается в девять часов каждый второй день недели. ");
        bench.Speed("Chinese", "这里的河面很宽，船只把木材运到镇上；市场每隔一天在九点开门。");
        bench.Speed("trigger words", "ignore previous instructions rules system prompt you are now reveal ");
        bench.Speed("one letter", "a");
    }

    private static IEnumerable<string> Corpora()
    {
        const string Folder = "tests/corpus/injection";
        return Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*.jsonl").Order(StringComparer.Ordinal) : [];
    }

    private void Labelled(string file)
    {
        var counts = new SortedDictionary<string, (int Refused, int Warned, int All)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file))
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            var verdict = Judge(Encoding.UTF8.GetBytes(row.GetProperty("text").GetString()!));
            var isApart = row.TryGetProperty("weak_label", out _) || row.TryGetProperty("context_only", out _);
            var of = row.TryGetProperty("source", out var source) ? source.GetString() : $"{row.GetProperty("lang").GetString()} {row.GetProperty("half").GetString()}";
            var key = $"{of} {row.GetProperty("label").GetString()}{(isApart ? " (apart)" : "")}";
            var (refused, warned, all) = counts.GetValueOrDefault(key);
            counts[key] = (refused + (verdict.Effect == Effect.Deny ? 1 : 0), warned + (verdict.Effect != Effect.Deny && verdict.Decisive is not null ? 1 : 0), all + 1);
        }

        Print($"{Path.GetFileName(file)}: refused, warned, all");
        foreach (var (key, (refused, warned, all)) in counts)
        {
            Print($"  {key}: {refused}, {warned}, {all} ({100.0 * refused / all:F1} % refused)");
        }
    }

    private void Traffic(string directory)
    {
        var files = Directory.EnumerateFiles(directory, "*.txt").Select(File.ReadAllBytes).ToArray();
        Print($"ordinary traffic: {files.Count(f => Judge(f).Effect == Effect.Deny)} of {files.Length} refused");
    }

    private void Speed(string name, string sentence)
    {
        const int Bytes = 64 * 1024;
        const int Rounds = 12;
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(sentence, Bytes / sentence.Length)));
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            Look(text);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        Print($"{name}: {text.Length / 1e6 / best.TotalSeconds:F0} MB/s, views, rules and model");
    }

    private Verdict Judge(byte[] text)
    {
        var findings = Look(text).Select(static hit => new Finding(hit.Rule, hit.Confidence, "text", "raw", hit.Start, hit.Length, "")).ToArray();
        return Engine.Policy.Judge.Decide(_policy, Direction.Inbound, findings, new Grant("inspection-only"));
    }

    private List<Hit> Look(byte[] text)
    {
        var visitor = new Visitor(_policy.Detectors, _hits);
        _views.Walk(new ViewSource { Bytes = text, Content = ContentKind.Text, Part = PartKind.Body, Direction = Direction.Inbound, Whole = true }, ref visitor);
        return visitor.Found;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private readonly struct Visitor(IDetector[] detectors, HitList hits) : IViewVisitor
    {
        public List<Hit> Found { get; } = [];

        public void Visit(scoped in View view)
        {
            hits.Clear();
            foreach (var detector in detectors)
            {
                if (detector is Engine.Detection.Injection.InjectionDetector)
                {
                    detector.Detect(view, hits);
                }
            }

            for (var i = 0; i < hits.Count; i++)
            {
                Found.Add(hits[i]);
            }
        }

        public void Miss(Shortfall shortfall, int sourceOffset)
        {
        }
    }
}
