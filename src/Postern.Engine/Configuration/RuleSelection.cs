using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Rules.Bundles;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration;

/// <summary>Which built-in rules run. The core floor always does.</summary>
internal static class RuleSelection
{
    /// <summary>The rules that run. Without a wish it is the embedded table itself: building another one costs more than the whole start.</summary>
    public static RuleTable Of(PosternConfig config, IReadOnlyList<RuleBundle> bundles, List<string> errors)
    {
        var table = bundles.Aggregate(RuleCatalogue.Table, static (table, bundle) => table.With(bundle.Table));
        var off = new HashSet<string>(StringComparer.Ordinal);
        if (!config.Dlp.IncludeDefaults)
        {
            off.UnionWith(IdsOf(RuleCatalogue.Table, RuleCategory.Secret));
        }

        if (!config.ResponseScanning.IncludeDefaults)
        {
            off.UnionWith(IdsOf(RuleCatalogue.Table, RuleCategory.Injection));
        }

        foreach (var entry in config.Rules.Disabled)
        {
            Disable(entry, table, off, errors);
        }

        return off.Count == 0 ? table : table.Without(off);
    }

    /// <summary>Exactly the bundles that the configuration pins: one that is not there is an error, whoever compiles.</summary>
    public static IReadOnlyList<RuleBundle> Pinned(PosternConfig config, IReadOnlyList<RuleBundle> bundles, List<string> errors)
    {
        var pinned = bundles.Where(bundle => config.Rules.Bundles.Contains(bundle.Head.Pin)).ToArray();
        errors.AddRange(config.Rules.Bundles.Except(pinned.Select(static bundle => bundle.Head.Pin)).Select(static pin => $"rules.bundles: '{pin}' was not loaded"));
        foreach (var twice in pinned.SelectMany(static bundle => bundle.Table.Rules).Select(static rule => rule.Id).CountBy(static id => id).Where(static id => id.Value > 1))
        {
            errors.Add($"rules.bundles: two bundles have a rule {twice.Key}");
        }

        return errors.Count == 0 ? pinned : [];
    }

    private static IEnumerable<string> IdsOf(RuleTable table, RuleCategory category) =>
        table.Rules.Where(rule => rule.Category == category && !rule.Core).Select(static rule => rule.Id);

    /// <summary>An entry without effect is an error: whoever wrote it believes that something is off.</summary>
    private static void Disable(string entry, RuleTable table, HashSet<string> off, List<string> errors)
    {
        var named = table.Rules.Append(RuleCatalogue.LearnedInjection).Where(rule => Wildcard.IsMatch(entry, rule.Id)).ToArray();
        if (named.Length == 0)
        {
            errors.Add($"rules.disabled: no rule is called '{entry}'; 'postern rules list' shows them");
        }
        else if (Array.TrueForAll(named, static rule => rule.Core))
        {
            errors.Add($"rules.disabled: '{entry}' belongs to the core floor, which no configuration removes");
        }

        off.UnionWith(named.Where(static rule => !rule.Core).Select(static rule => rule.Id));
    }
}
