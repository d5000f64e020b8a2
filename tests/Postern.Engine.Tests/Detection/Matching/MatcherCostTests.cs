using System.Diagnostics;
using System.Text;
using Postern.Engine.Detection.Matching;
using static Postern.Engine.Tests.Detection.Matching.Matching;

namespace Postern.Engine.Tests.Detection.Matching;

/// <summary>What a scan may cost. Thresholds are a quarter of the targets: they catch a lost fast path, not a slow machine.</summary>
[Collection(nameof(AloneOnTheClock))]
public sealed class MatcherCostTests
{
    private const int TextBytes = 256 << 10;

    [Fact]
    public void Allocates_nothing_per_scan()
    {
        var matcher = LiteralMatcher.Build(ManyLiterals(300));
        var text = Prose();
        var sink = default(HitCounter);
        foreach (var width in Widths)
        {
            var at = matcher.At(width);
            at.Scan(text, ref sink);
            var before = GC.GetAllocatedBytesForCurrentThread();
            at.Scan(text, ref sink);
            at.Scan(text.AsSpan(0, 1000), ref sink);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.NotEqual(0, sink.Count);
    }

    [Theory]
    [InlineData(150, 375)]
    [InlineData(1000, 250)]
    public void Scans_ordinary_text_at_memory_speed(int literals, int megabytesPerSecond)
    {
        AssertFaster(LiteralMatcher.Build(ManyLiterals(literals)), Prose(), megabytesPerSecond);
    }

    [Fact]
    public void Stays_linear_when_windows_or_literals_flood_the_text()
    {
        var literals = ManyLiterals(1000);
        var matcher = LiteralMatcher.Build(literals);
        var table = matcher.Table;
        var crowded = table.Patterns.GroupBy(pattern => Window.Slot(pattern.Key, table.Filter.Shift)).OrderByDescending(slot => slot.Count()).First();
        byte[][] floods =
        [
            BitConverter.GetBytes(crowded.First().Key),
            [.. table.Patterns.SelectMany(pattern => BitConverter.GetBytes(pattern.Key))],
            [.. literals.SelectMany(literal => literal.Bytes[..^1].ToArray())],
            literals[0].Bytes.ToArray(),
        ];
        foreach (var unit in floods)
        {
            AssertFaster(matcher, [.. Enumerable.Range(0, TextBytes).Select(at => unit[at % unit.Length])], 12);
        }
    }

    [Fact]
    public void Spreads_literals_with_a_common_part_over_the_slots()
    {
        // All end in the same rare bytes; windows there would be compared two hundred at a time.
        var literals = Enumerable.Range(0, 200).Select(id => Exact(id, $"name{id:D3}_~^|")).ToArray();
        var table = LiteralMatcher.Build(literals).Table;

        Assert.True(table.Patterns.GroupBy(pattern => Window.Slot(pattern.Key, table.Filter.Shift)).Max(slot => slot.Count()) <= 5);
    }

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static void AssertFaster(LiteralMatcher matcher, byte[] text, double megabytesPerSecond)
    {
        var best = 0.0;
        for (var begun = Stopwatch.GetTimestamp(); best < megabytesPerSecond && Stopwatch.GetElapsedTime(begun) < s_patience;)
        {
            var sink = default(HitCounter);
            var start = Environment.CpuUsage.TotalTime;
            matcher.Scan(text, ref sink);
            best = Math.Max(best, text.Length / (Environment.CpuUsage.TotalTime - start).TotalMicroseconds);
        }

        Assert.True(best >= megabytesPerSecond, $"{best:F0} MB/s");
    }

    private static Literal[] ManyLiterals(int count)
    {
        string[] stems = ["ghp_", "sk-", "AKIA", "password", "secret", "api_key", "ignore previous", "xox", "token", "private"];
        return [.. Enumerable.Range(0, count).Select(id => id % 2 == 0
            ? Exact(id, $"{stems[id / 2 % 10]}{(char)('A' + (id % 26))}{id / 20}")
            : Folded(id, $"{(char)('a' + (id % 26))}{(char)('a' + (id / 26 % 26))}_{stems[id / 2 % 10]}"))];
    }

    private static byte[] Prose()
    {
        const string Sentence = "{\"role\": \"user\", \"content\": \"Please look at the previous private message, then keep the ba_ghp_ token.\"}\n";
        var text = new StringBuilder();
        while (text.Length < TextBytes)
        {
            text.Append(Sentence);
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
