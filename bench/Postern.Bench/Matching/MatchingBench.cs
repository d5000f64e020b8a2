using Postern.Program.Benching;
using System.Diagnostics;
using System.Globalization;
using Postern.Engine.Detection.Matching;

namespace Postern.Bench.Matching;

/// <summary>Times the literal matcher: megabytes per second of one core, by CPU time, best of several.</summary>
internal static class MatchingBench
{
    private const int Repeats = 7;
    private const int WarmUpMs = 30;
    private const int BytesPerRepeat = 4 << 20;

    /// <summary>Prints the tables; <paramref name="dataDirectory"/> is a folder of traffic by kind, or null for generated text.</summary>
    public static void Run(string? dataDirectory)
    {
        WarmUpAll();
        var corpora = BenchCorpora.All(dataDirectory).ToArray();
        foreach (var count in (int[])[20, 150, 1000, 1500])
        {
            var built = Stopwatch.GetTimestamp();
            var matcher = LiteralMatcher.Build(BenchLiterals.Spread(count));
            Print($"\n{count} literals, built in {Stopwatch.GetElapsedTime(built).TotalMilliseconds:F0} ms; {Loading(matcher)}");
            Widths(matcher, corpora);
        }

        AdversarialBench.Run();
    }

    /// <summary>Megabytes per second of one scan of <paramref name="text"/>, and its hits.</summary>
    public static (double MegabytesPerSecond, int Hits) Time(LiteralMatcher matcher, ReadOnlySpan<byte> text)
    {
        var rounds = Math.Max(1, BytesPerRepeat / text.Length);
        var best = double.MaxValue;
        var hits = 0;
        WarmUp(matcher, text);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var sink = default(CountingSink);
            var start = CpuClock.Nanoseconds;
            for (var round = 0; round < rounds; round++)
            {
                matcher.Scan(text, ref sink);
            }

            best = Math.Min(best, CpuClock.Nanoseconds - start);
            hits = sink.Count / rounds;
        }

        return ((double)text.Length * rounds * 1e3 / best, hits);
    }

    private static void WarmUpAll()
    {
        var matcher = LiteralMatcher.Build(BenchLiterals.Spread(200));
        var text = BenchCorpora.All(null).First().Text;
        foreach (var width in Enum.GetValues<ScanWidth>().Where(LayoutChoice.IsFast))
        {
            for (var round = 0; round < 8; round++)
            {
                WarmUp(matcher.At(width), text);
            }
        }
    }

    /// <summary>Long enough for the JIT to be done: it recompiles after 100 ms without new code, on the clock we read.</summary>
    private static void WarmUp(LiteralMatcher matcher, ReadOnlySpan<byte> text)
    {
        var sink = default(CountingSink);
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmUpMs;)
        {
            matcher.Scan(text, ref sink);
        }
    }

    private static void Widths(LiteralMatcher matcher, (string Name, byte[] Text)[] corpora)
    {
        foreach (var width in Enum.GetValues<ScanWidth>().Where(LayoutChoice.IsFast).Reverse())
        {
            var at = matcher.At(width);
            var line = $"  {width,-9} {at.Layout.Groups} groups |";
            var worst = double.MaxValue;
            foreach (var (name, text) in corpora)
            {
                var (speed, hits) = Time(at, text);
                worst = Math.Min(worst, speed);
                line += $" {name} {speed:F0} ({hits})";
            }

            Print($"{line} | worst {worst:F0} | 1 KiB JSON {Time(at, corpora[2].Text.AsSpan(0, 1024)).MegabytesPerSecond:F0}, 100 B {Time(at, corpora[2].Text.AsSpan(0, 100)).MegabytesPerSecond:F0}");
        }
    }

    private static string Loading(LiteralMatcher matcher)
    {
        using var kept = new MemoryStream();
        using var writer = new BinaryWriter(kept);
        matcher.Write(writer);
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            kept.Position = 0;
            using var reader = new BinaryReader(kept, System.Text.Encoding.UTF8, leaveOpen: true);
            var start = Stopwatch.GetTimestamp();
            LiteralMatcher.Read(reader);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return string.Create(CultureInfo.InvariantCulture, $"table {kept.Length / 1024} KiB, loads in {times[0]:F2} ms first, {times.Min():F2} ms later");
    }

    private static void Print(string line) => Console.WriteLine(line);
}
