using Postern.Engine.Detection.Matching;

namespace Postern.Engine.Detection.Rules;

/// <summary>All rules of one detector behind one literal search.</summary>
internal sealed class RuleSet
{
    /// <summary>Hits per rule and text for severities that refuse; a flood beyond it changes no verdict.</summary>
    public const int MaxSevereHits = 16;

    /// <summary>Hits per rule and text for lower severities, so that they cannot crowd out severe ones.</summary>
    public const int MaxMildHits = 4;

    private readonly CompiledRule[] _rules;
    private readonly LiteralUses _uses;
    private readonly RunSweep _runs;
    // Null when no rule has a literal: a bundle may hold rules of one detector only.
    private readonly LiteralMatcher? _literals;

    private RuleSet(CompiledRule[] rules, LiteralUses uses, RunSeeker[] seekers, LiteralMatcher? literals)
    {
        _rules = rules;
        _uses = uses;
        _runs = new RunSweep(seekers);
        _literals = literals;
    }

    public int Count => _rules.Length;

    /// <summary>The literal search alone, for measurements.</summary>
    public LiteralMatcher? Search => _literals;

    /// <summary>The search for runs alone, for measurements.</summary>
    public RunSweep Runs => _runs;

    public CompiledRule this[int index] => _rules[index];

    /// <summary>Who wants to hear of a literal.</summary>
    public ReadOnlySpan<LiteralUse> UsesOf(int literalId) => _uses.Of(literalId);

    /// <summary>Builds the search from the rules' machines.</summary>
    public static RuleSet Build(CompiledRule[] rules)
    {
        var uses = LiteralUses.Collect(rules, out var literals);
        return new RuleSet(rules, uses, RunSeeker.Collect(rules), literals.Length == 0 ? null : LiteralMatcher.Build(literals));
    }

    /// <summary>Takes the search that was built from the same rules, without building their machines.</summary>
    public static RuleSet Read(CompiledRule[] rules, BinaryReader reader)
    {
        var uses = LiteralUses.Read(reader);
        var seekers = reader.ReadMany(RunSeeker.Read);
        return new RuleSet(rules, uses, seekers, reader.ReadBoolean() ? LiteralMatcher.Read(reader) : null);
    }

    public void WriteSearch(BinaryWriter writer)
    {
        _uses.Write(writer);
        writer.WriteMany(_runs.Seekers.ToArray(), static (to, seeker) => seeker.Write(to));
        writer.Write(_literals is not null);
        _literals?.Write(writer);
    }

    /// <summary>Looks for every rule in <paramref name="text"/>.</summary>
    public void Scan(ReadOnlySpan<byte> text, HitList hits)
    {
        var scan = new RuleScan(this, text, hits);
        _literals?.Scan(text, ref scan);
        _runs.Scan(ref scan);
        scan.Finish();
    }
}
