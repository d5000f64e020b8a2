using System.Text;
using Postern.Engine.Detection.Matching;

namespace Postern.Bench.Matching;

/// <summary>Texts written to make the matcher slow: repeated literals, repeated windows, and the worst mixture of them.</summary>
internal static class AdversarialBench
{
    private const int Bytes = 256 << 10;

    /// <summary>Prints the slowest texts for each size of literal set.</summary>
    public static void Run()
    {
        foreach (var count in (int[])[150, 1500])
        {
            var literals = BenchLiterals.Spread(count);
            var matcher = LiteralMatcher.Build(literals);
            var slowest = Texts(literals, matcher)
                .Select(text => (text.Name, MatchingBench.Time(matcher, Repeated(text.Unit)).MegabytesPerSecond))
                .OrderBy(result => result.MegabytesPerSecond)
                .Take(4);
            Console.WriteLine($"\n{count} literals, slowest hostile texts: {string.Join(", ", slowest.Select(result => $"{result.Name} {result.MegabytesPerSecond:F0} MB/s"))}");
        }
    }

    private static IEnumerable<(string Name, byte[] Unit)> Texts(Literal[] literals, LiteralMatcher matcher)
    {
        var table = matcher.Table;
        var crowded = table.Patterns
            .GroupBy(pattern => Window.Slot(pattern.Key, table.Filter.Shift))
            .OrderByDescending(group => group.Count()).First();
        yield return ($"window of {crowded.Count()} patterns", BitConverter.GetBytes(crowded.First().Key));
        yield return ("all windows in turn", [.. table.Patterns.SelectMany(pattern => BitConverter.GetBytes(pattern.Key))]);
        yield return ("all literals in turn", [.. literals.SelectMany(literal => literal.Bytes.ToArray())]);
        yield return ("all literals cut short", [.. literals.SelectMany(literal => literal.Bytes[..^1].ToArray())]);
        foreach (var literal in literals.Take(60))
        {
            yield return ($"'{Encoding.ASCII.GetString(literal.Bytes.Span)}' again and again", literal.Bytes.ToArray());
        }
    }

    private static byte[] Repeated(byte[] unit)
    {
        var text = new byte[Bytes];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = unit[i % unit.Length];
        }

        return text;
    }
}
