using System.Text;
using Postern.Engine.Detection.Tools;

namespace Postern.Engine.Detection.Rules;

/// <summary>Compiled rules, ready to search with. Immutable; shared by all threads.</summary>
public sealed class RuleTable
{
    private const uint Magic = 0x32525450;

    private readonly CompiledRule[] _rules;

    private RuleTable(CompiledRule[] rules, RuleSets sets)
    {
        _rules = rules;
        Rules = Array.ConvertAll(rules, r => r.Rule);
        (Secrets, Injections, Definitions) = sets;
        Tools = new ToolRules(Array.FindAll(rules, static rule => rule.Matcher is CommandMatcher));
        Chains = OfCategory(rules, RuleCategory.Session);
    }

    /// <summary>What the rules say about themselves, in the order of the table.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    internal RuleSet Secrets { get; }

    internal RuleSet Injections { get; }

    /// <summary>Wordings of descriptions of tools.</summary>
    internal RuleSet Definitions { get; }

    internal ToolRules Tools { get; }

    /// <summary>The rules about calls that follow each other.</summary>
    internal CompiledRule[] Chains { get; }

    /// <summary>Reads the built-in rules from this assembly. Takes about a millisecond; keep the result.</summary>
    /// <exception cref="InvalidDataException">The embedded table belongs to another version.</exception>
    public static RuleTable Load()
    {
        using var stream = EmbeddedTable.Open("Postern.rules.bin");
        return Read(stream);
    }

    /// <summary>These rules and those of <paramref name="bundle"/>.</summary>
    /// <exception cref="ArgumentException">An id is in both; a bundle adds rules and never replaces one.</exception>
    public RuleTable With(RuleTable bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var known = _rules.Select(r => r.Rule.Id).ToHashSet(StringComparer.Ordinal);
        var twice = bundle._rules.FirstOrDefault(r => known.Contains(r.Rule.Id));
        return twice is null
            ? Of([.. _rules, .. bundle._rules])
            : throw new ArgumentException($"The rule id {twice.Rule.Id} is already in use.", nameof(bundle));
    }

    /// <summary>These rules without some; core rules stay whatever is asked.</summary>
    /// <param name="ids">Rule ids; unknown ones have no effect.</param>
    public RuleTable Without(IReadOnlySet<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        CompiledRule[] kept = [.. _rules.Where(r => r.Rule.Core || !ids.Contains(r.Rule.Id))];
        // The search of this table fits as it is; building another takes some tenths of a second, which every start would pay.
        return kept.Length == _rules.Length ? this : Of(kept);
    }

    internal static RuleTable Of(CompiledRule[] rules) =>
        new(rules, new RuleSets(RuleSet.Build(OfCategory(rules, RuleCategory.Secret)), RuleSet.Build(OfCategory(rules, RuleCategory.Injection)), RuleSet.Build(OfCategory(rules, RuleCategory.Tool))));

    internal void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(_rules.Length);
        writer.WriteEach(_rules, static (to, rule) => rule.Write(to));
        Secrets.WriteSearch(writer);
        Injections.WriteSearch(writer);
        Definitions.WriteSearch(writer);
    }

    internal static RuleTable Read(Stream stream)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadUInt32() != Magic)
        {
            throw new InvalidDataException("This is not a rule table of this version.");
        }

        var rules = reader.ReadEach(reader.ReadInt32(), from => CompiledRule.Read(from, bytes));
        var secrets = RuleSet.Read(OfCategory(rules, RuleCategory.Secret), reader);
        var injections = RuleSet.Read(OfCategory(rules, RuleCategory.Injection), reader);
        return new RuleTable(rules, new RuleSets(secrets, injections, RuleSet.Read(OfCategory(rules, RuleCategory.Tool), reader)));
    }

    private static CompiledRule[] OfCategory(CompiledRule[] rules, RuleCategory category) =>
        Array.FindAll(rules, r => r.Rule.Category == category && r.Matcher is not CommandMatcher);
}
