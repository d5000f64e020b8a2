using Postern.Program.Benching;
using System.Globalization;
using System.Text;
using Postern.Bench.Matching;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Matching;
using Postern.Engine.Detection.Rules;

namespace Postern.Bench.Detection;

/// <summary>Where the time of a rule scan goes: the literal search, the runs, and the literals that ordinary text contains most; and what all rules cost over fifty of them.</summary>
internal static class RuleCostBench
{
    private const int Repeats = 7;
    private const int Rounds = 40;
    private const int Bytes = 100 * 1024;
    private const int Shown = 12;
    private const int FewRules = 50;

    /// <summary>Prints, per kind of text, nanoseconds per KiB of each stage and the most frequent literals per 100 KiB.</summary>
    public static void Run(BenchOptions options)
    {
        var table = RuleTable.Load();
        var few = Few(table);
        foreach (var (name, text) in BenchCorpora.Chosen(options))
        {
            Compare(name, (table.Secrets, few.Secrets), text.AsSpan(0, Bytes).ToArray());
            Show(name + " secrets", table.Secrets, text.AsSpan(0, Bytes).ToArray());
            Show(name + " injections", table.Injections, text.AsSpan(0, Bytes).ToArray());
        }
    }

    /// <summary>The table with only some of its secret rules, taken evenly.</summary>
    private static RuleTable Few(RuleTable table)
    {
        var secrets = table.Rules.Where(static r => r.Category == RuleCategory.Secret).Select(static r => r.Id).ToArray();
        var kept = Enumerable.Range(0, FewRules).Select(i => secrets[i * secrets.Length / FewRules]).ToHashSet(StringComparer.Ordinal);
        return table.Without(secrets.Where(id => !kept.Contains(id)).ToHashSet(StringComparer.Ordinal));
    }

    private static void Compare(string name, (RuleSet All, RuleSet Few) rules, byte[] text)
    {
        var hits = new HitList();
        var (all, few) = (Whole(rules.All, hits, text), Whole(rules.Few, hits, text));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {rules.All.Count} rules cost {all / few:F2} times what {rules.Few.Count} cost ({all:F0} and {few:F0} ns/KiB)"));
    }

    private static double Whole(RuleSet rules, HitList hits, byte[] text) => Cost(() =>
    {
        hits.Clear();
        rules.Scan(text, hits);
    });

    private static void Show(string name, RuleSet rules, byte[] text)
    {
        var hits = new HitList();
        var whole = Whole(rules, hits, text);
        var literals = Cost(() =>
        {
            var sink = default(CountingSink);
            rules.Search?.Scan(text, ref sink);
        });
        var runs = Cost(() =>
        {
            var scan = new RuleScan(rules, text, hits);
            rules.Runs.Scan(ref scan);
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: whole {whole:F0}, literals {literals:F0}, runs {runs:F0} ns/KiB, {1e9 / whole * 1024 / 1e6:F0} MB/s"));
        Frequent(rules, text);
    }

    private static void Frequent(RuleSet rules, byte[] text)
    {
        var counted = new Dictionary<int, (int Hits, int Uses, string Text)>();
        var sink = new Tally(rules, text, counted);
        rules.Search?.Scan(text, ref sink);
        var top = counted.Values.OrderByDescending(c => c.Hits * c.Uses).Take(Shown).Select(c => $"'{c.Text}' {c.Hits}x{c.Uses}");
        Console.WriteLine("    " + counted.Values.Sum(c => c.Hits) + " hits, " + counted.Values.Sum(c => c.Hits * c.Uses) + " calls: " + string.Join(", ", top));
    }

    private static double Cost(Action once)
    {
        var best = double.MaxValue;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var start = CpuClock.Nanoseconds;
            for (var round = 0; round < Rounds; round++)
            {
                once();
            }

            best = Math.Min(best, CpuClock.Nanoseconds - start);
        }

        return best * 1024 / (Rounds * (double)Bytes);
    }

    private ref struct Tally(RuleSet rules, byte[] text, Dictionary<int, (int Hits, int Uses, string Text)> counted) : ILiteralSink
    {
        public readonly void Hit(int literalId, int start)
        {
            var uses = rules.UsesOf(literalId);
            var known = counted.GetValueOrDefault(literalId);
            counted[literalId] = (known.Hits + 1, uses.Length, Encoding.Latin1.GetString(text, start, uses[0].Length));
        }
    }
}
