using System.Text;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Detection.Tools.Shell;
using Postern.Engine.Monitoring.Tools.Chains;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Runs a rule over its own examples.</summary>
internal static class RuleProof
{
    public static void Run(RuleSource source, string file, List<RuleError> errors)
    {
        var matches = Probe(source.Rule);
        for (var i = 0; i < source.Examples.Count; i++)
        {
            if (!matches(AsScanned(source, source.Examples[i])))
            {
                Fail($"does not match its example {i + 1}");
            }
        }

        for (var i = 0; i < source.CounterExamples.Count; i++)
        {
            if (matches(AsScanned(source, source.CounterExamples[i])))
            {
                Fail($"matches its counter-example {i + 1}");
            }
        }

        // The example itself stays out of the message: it may be shaped like a live credential.
        void Fail(string what) =>
            errors.Add(new RuleError(file, source.Place.Line, source.Place.Column, $"{source.Rule.Rule.Id} {what}"));
    }

    /// <summary>Injections and poisoned descriptions are looked for in folded text, secrets in text as it is.</summary>
    private static string AsScanned(RuleSource source, string text) =>
        source.Rule.Rule.Category == RuleCategory.Injection || (source.Rule.Rule.Category == RuleCategory.Tool && source.Rule.Matcher is not CommandMatcher) ? UnicodeFold.Fold(text) : text;

    private static Predicate<string> Probe(CompiledRule rule)
    {
        if (rule.Matcher is CommandMatcher commands)
        {
            return text => commands.Matches(ShellReader.Read(text));
        }

        if (rule.Matcher is ChainMatcher chain)
        {
            return text => ChainProof.Holds(chain, text);
        }

        var set = RuleSet.Build([rule]);
        var hits = new HitList();
        return text =>
        {
            hits.Clear();
            set.Scan(Encoding.UTF8.GetBytes(text), hits);
            return hits.Count > 0;
        };
    }
}
