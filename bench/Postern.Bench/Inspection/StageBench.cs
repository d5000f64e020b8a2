using Postern.Program.Benching;
using System.Globalization;
using Postern.Bench.Matching;
using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Bench.Inspection;

/// <summary>Where an inspection's time goes: making the views, and each detector on each kind of view, in nanoseconds per KiB of the message.</summary>
internal static class StageBench
{
    private const int Repeats = 5;
    private const int BytesPerRepeat = 2 << 20;

    /// <summary>Prints one table per text and size.</summary>
    public static void Run(BenchOptions options)
    {
        var detectors = PolicyCompiler.Compile(PosternConfig.Default).Policy!.Detectors;
        Show("URL", "http://bench.test/api/v2/items?page=3&sort=name"u8.ToArray(), new Kind(ContentKind.Text, PartKind.Url), detectors);
        Show("headers", InspectBench.AnswerHeads, new Kind(ContentKind.Text, PartKind.HeaderValue), detectors);
        foreach (var (name, text) in BenchCorpora.Chosen(options))
        {
            foreach (var bytes in (int[])[100 * 1024, 1024])
            {
                Show($"{name} {bytes}", text[..bytes], new Kind(ContentKind.Text, PartKind.Body), detectors);
                if (name == "chat JSON")
                {
                    byte[] whole = [.. text[..text.AsSpan(0, bytes).LastIndexOf("},"u8)], .. "}]}"u8];
                    Show($"{name} {bytes}, parsed", whole, new Kind(ContentKind.Json, PartKind.Body), detectors);
                }
            }
        }
    }

    private static void Show(string name, byte[] text, Kind kind, IDetector[] detectors)
    {
        var views = new ViewBuilder(new ViewLimits());
        var seen = new List<(string Chain, ViewChain Packed, byte[] Bytes)>();
        Walk(views, text, kind, seen);
        Print($"{name}: {text.Length} bytes, views {Cost(text.Length, () => Walk(views, text, kind, null)):F0} ns/KiB");
        foreach (var group in seen.GroupBy(static v => v.Chain))
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"  {group.Key,-40}{group.Count(),5}{group.Sum(static v => v.Bytes.Length),9} bytes");
            foreach (var detector in detectors)
            {
                var hits = new HitList();
                var cost = Cost(text.Length, () =>
                {
                    foreach (var view in group)
                    {
                        hits.Clear();
                        detector.Detect(new View(view.Bytes, view.Packed, PartKind.Body, Direction.Inbound), hits);
                    }
                });
                line += string.Create(CultureInfo.InvariantCulture, $"  {detector.GetType().Name[..^"Detector".Length]} {cost:F0}");
            }

            Print($"{line}");
        }
    }

    private static void Walk(ViewBuilder views, byte[] text, Kind kind, List<(string Chain, ViewChain Packed, byte[] Bytes)>? seen)
    {
        var visitor = new Collector(seen);
        views.Walk(new ViewSource { Bytes = text, Content = kind.Content, Part = kind.Part, Direction = Direction.Inbound, Boundary = [], Whole = true }, ref visitor);
    }

    private static double Cost(int bytes, Action once)
    {
        var rounds = Math.Max(1, BytesPerRepeat / bytes);
        var best = double.MaxValue;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var start = CpuClock.Nanoseconds;
            for (var round = 0; round < rounds; round++)
            {
                once();
            }

            best = Math.Min(best, (CpuClock.Nanoseconds - start) / rounds);
        }

        return best * 1024 / bytes;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private readonly record struct Kind(ContentKind Content, PartKind Part);

    private readonly struct Collector(List<(string Chain, ViewChain Packed, byte[] Bytes)>? seen) : IViewVisitor
    {
        public void Visit(scoped in View view) => seen?.Add((view.Chain.ToString(), view.Chain, view.Bytes.ToArray()));

        public void Miss(Shortfall shortfall, int sourceOffset)
        {
            if (seen is not null)
            {
                Console.WriteLine("  missed: " + shortfall);
            }
        }
    }
}
