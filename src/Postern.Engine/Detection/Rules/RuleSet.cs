using System.Runtime.InteropServices;
using Postern.Engine.Detection.Matching;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules;

/// <summary>All rules of one detector behind one literal search.</summary>
internal sealed class RuleSet
{
    /// <summary>Hits per rule and text for severities that refuse; a flood beyond it changes no verdict.</summary>
    public const int MaxSevereHits = 16;

    /// <summary>Hits per rule and text for lower severities, so that they cannot crowd out severe ones.</summary>
    public const int MaxMildHits = 4;

    private readonly CompiledRule[] _rules;
    private readonly LiteralUse[][] _uses;
    // Null when no rule has a literal: a bundle may hold rules of one detector only.
    private readonly LiteralMatcher? _literals;
    private readonly RunSeeker[] _seekers;

    private RuleSet(CompiledRule[] rules, LiteralUse[][] uses, LiteralMatcher? literals)
    {
        _rules = rules;
        _uses = uses;
        _literals = literals;
        _seekers = SeekersOf(rules);
    }

    public int Count => _rules.Length;

    public CompiledRule this[int index] => _rules[index];

    /// <summary>Who wants to hear of a literal.</summary>
    public ReadOnlySpan<LiteralUse> UsesOf(int literalId) => _uses[literalId];

    /// <summary>Builds the search; ids of literals follow the order of the rules.</summary>
    public static RuleSet Build(CompiledRule[] rules)
    {
        var uses = UsesOf(rules, out var literals);
        return new RuleSet(rules, uses, literals.Count == 0 ? null : LiteralMatcher.Build(CollectionsMarshal.AsSpan(literals)));
    }

    /// <summary>Takes a literal search that was built from the same rules.</summary>
    public static RuleSet Restore(CompiledRule[] rules, BinaryReader reader) =>
        new(rules, UsesOf(rules, out _), reader.ReadBoolean() ? LiteralMatcher.Read(reader) : null);

    public void WriteSearch(BinaryWriter writer)
    {
        writer.Write(_literals is not null);
        _literals?.Write(writer);
    }

    /// <summary>Looks for every rule in <paramref name="text"/>.</summary>
    public void Scan(ReadOnlySpan<byte> text, HitList hits)
    {
        var scan = new RuleScan(this, text, hits);
        _literals?.Scan(text, ref scan);
        foreach (var seeker in _seekers)
        {
            seeker.Scan(ref scan);
        }

        scan.Finish();
    }

    private static LiteralUse[][] UsesOf(CompiledRule[] rules, out List<Literal> literals)
    {
        literals = [];
        var uses = new List<List<LiteralUse>>();
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var rule = 0; rule < rules.Length; rule++)
        {
            var wanted = rules[rule].Matcher.Literals;
            for (var ordinal = 0; ordinal < wanted.Length; ordinal++)
            {
                var (bytes, ignoreCase) = wanted[ordinal];
                var key = (ignoreCase ? "i" : "x") + System.Text.Encoding.Latin1.GetString(bytes);
                if (!ids.TryGetValue(key, out var id))
                {
                    ids[key] = id = literals.Count;
                    literals.Add(new Literal(id, bytes, ignoreCase));
                    uses.Add([]);
                }

                uses[id].Add(new LiteralUse(rule, ordinal, bytes.Length));
            }
        }

        return [.. uses.Select(u => u.ToArray())];
    }

    private static RunSeeker[] SeekersOf(CompiledRule[] rules)
    {
        var byAlphabet = new Dictionary<Alphabet, (int Min, List<(int Rule, int Ordinal)> Uses)>();
        for (var rule = 0; rule < rules.Length; rule++)
        {
            foreach (var run in rules[rule].Matcher.Runs)
            {
                var known = byAlphabet.TryGetValue(run.Alphabet, out var group) ? group : (run.Min, []);
                known.Item2.Add((rule, run.Ordinal));
                byAlphabet[run.Alphabet] = (Math.Min(known.Item1, run.Min), known.Item2);
            }
        }

        return [.. byAlphabet.Select(g => new RunSeeker(g.Key, g.Value.Min, [.. g.Value.Uses]))];
    }
}
